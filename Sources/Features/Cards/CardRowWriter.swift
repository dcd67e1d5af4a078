internal import JSON
internal import Postgres

/// Writes cards straight from the database's rows: what is only read is neither decoded nor copied.
///
/// A test holds its output together with `Card.write`.
struct CardRowWriter {
  private let currency: [UInt8]

  init(currency: String) {
    self.currency = Array(currency.utf8)
  }

  /// Writes the card of a row of `CardStatements`.
  func write(_ row: Row, to writer: inout JSONWriter) {
    writer.beginObject()
    number(row, 0, "id", &writer)
    text(row, 1, "kind", &writer)
    number(row, 2, "pipeline", &writer)
    number(row, 3, "stage", &writer)
    text(row, 4, "outcome", &writer)
    text(row, 5, "title", &writer)
    money(row, 6, "amount", &writer)
    number(row, 7, "contact", &writer)
    number(row, 8, "company", &writer)
    number(row, 9, "responsible", &writer)
    text(row, 10, "source", &writer)
    writer.name("fields")
    row.withBytes(11) { writer.raw($0) }
    writer.name("repeat")
    writer.value(row.withBytes(12) { $0.first == UInt8(ascii: "t") })
    number(row, 13, "reason", &writer)
    text(row, 14, "comment", &writer)
    number(row, 15, "based_on", &writer)
    moment(row, 16, "created_at", &writer)
    moment(row, 17, "stage_entered_at", &writer)
    moment(row, 18, "touched_at", &writer)
    moment(row, 19, "closed_at", &writer)
    number(row, 20, "version", &writer)
    writer.endObject()
  }

  private func number(_ row: Row, _ column: Int, _ name: StaticString, _ writer: inout JSONWriter) {
    writer.name(name)
    if row.isNull(column) { return writer.null() }
    row.withBytes(column) { writer.number(text: $0) }
  }

  private func text(_ row: Row, _ column: Int, _ name: StaticString, _ writer: inout JSONWriter) {
    writer.name(name)
    if row.isNull(column) { return writer.null() }
    row.withBytes(column) { writer.string(bytes: $0) }
  }

  private func money(_ row: Row, _ column: Int, _ name: StaticString, _ writer: inout JSONWriter) {
    writer.name(name)
    if row.isNull(column) { return writer.null() }
    writer.beginObject()
    writer.name("amount")
    row.withBytes(column) { writer.string(bytes: $0) }
    writer.name("currency")
    currency.withUnsafeBytes { writer.string(bytes: $0) }
    writer.endObject()
  }

  /// `2026-03-01 06:30:00.25+00` becomes `2026-03-01T06:30:00.250000Z`.
  private func moment(_ row: Row, _ column: Int, _ name: StaticString, _ writer: inout JSONWriter) {
    writer.name(name)
    if row.isNull(column) { return writer.null() }
    row.withBytes(column) { bytes in
      withUnsafeTemporaryAllocation(byteCount: 40, alignment: 1) { text in
        var length = 0
        for byte in bytes.prefix(26) {
          if byte == UInt8(ascii: "+") { break }
          text[length] = byte == UInt8(ascii: " ") ? UInt8(ascii: "T") : byte
          length += 1
        }
        // A fraction has six digits or is not there at all.
        if length > 19 {
          while length < 26 {
            text[length] = UInt8(ascii: "0")
            length += 1
          }
        }
        text[length] = UInt8(ascii: "Z")
        writer.string(bytes: UnsafeRawBufferPointer(rebasing: text[0...length]))
      }
    }
  }
}
