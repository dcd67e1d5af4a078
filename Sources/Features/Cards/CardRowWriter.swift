internal import JSON
internal import Postgres
internal import SalesRules

/// Writes cards straight from the database's rows: what is only read is neither decoded nor copied.
///
/// A test holds its output together with `Card.write`.
struct CardRowWriter {
  /// About how many bytes a card takes.
  static let usualSize = 768

  private let currency: [UInt8]
  private let lossKinds: [Int64: LossKind]

  init(_ company: Company) {
    currency = Array(company.currency.utf8)
    lossKinds = company.lossKinds
  }

  /// Writes the card of a row of `CardStatements`.
  func write(_ row: Row, to writer: inout JSONWriter) {
    writer.beginObject()
    writeMembers(row, to: &writer)
    writer.endObject()
  }

  /// The same with what else is told of it.
  func write(
    _ row: Row, to writer: inout JSONWriter, further: (inout JSONWriter) throws -> Void
  ) rethrows {
    writer.beginObject()
    writeMembers(row, to: &writer)
    try further(&writer)
    writer.endObject()
  }

  /// The same with `next_activity`, where there is one, of `ActivityStatements.nextColumns`,
  /// and what else is told of it.
  func write(
    _ row: Row, to writer: inout JSONWriter, at now: Timestamp,
    further: (inout JSONWriter) throws -> Void
  ) throws {
    writer.beginObject()
    writeMembers(row, to: &writer)
    let next = CardStatements.width
    if let due = try row.timestampIfPresent(next + 2) {
      writer.member("next_activity") {
        number(row, next, "id", &$0)
        text(row, next + 1, "type", &$0)
        moment(row, next + 2, "due_at", &$0)
        $0.member("overdue", due < now)
      }
    }
    try further(&writer)
    writer.endObject()
  }

  private func writeMembers(_ row: Row, to writer: inout JSONWriter) {
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
    value(row, 11, "fields", &writer) { $1.raw($0) }
    value(row, 12, "repeat", &writer) { $1.value($0.first == UInt8(ascii: "t")) }
    number(row, 13, "reason", &writer)
    if !row.isNull(13), let kind = (try? row.integer(13)).flatMap({ lossKinds[$0] }) {
      writer.member("loss_kind", kind.rawValue)
    }
    text(row, 14, "comment", &writer)
    number(row, 15, "based_on", &writer)
    moment(row, 16, "created_at", &writer)
    moment(row, 17, "stage_entered_at", &writer)
    moment(row, 18, "touched_at", &writer)
    moment(row, 19, "closed_at", &writer)
    number(row, 20, "version", &writer)
    lastContact(row, 21, &writer)
  }

  private func lastContact(_ row: Row, _ column: Int, _ writer: inout JSONWriter) {
    writer.name("last_contact")
    guard !row.isNull(column) else { return writer.null() }
    writer.beginObject()
    number(row, column, "status", &writer)
    moment(row, column + 1, "at", &writer)
    writer.endObject()
  }

  /// Writes a value by the closure, or `null`.
  private func value(
    _ row: Row, _ column: Int, _ name: StaticString, _ writer: inout JSONWriter,
    _ write: (UnsafeRawBufferPointer, inout JSONWriter) -> Void
  ) {
    writer.name(name)
    row.withText(column) { text in
      guard let text else { return writer.null() }
      write(text, &writer)
    }
  }

  private func number(_ row: Row, _ column: Int, _ name: StaticString, _ writer: inout JSONWriter) {
    value(row, column, name, &writer) { $1.number(text: $0) }
  }

  private func text(_ row: Row, _ column: Int, _ name: StaticString, _ writer: inout JSONWriter) {
    value(row, column, name, &writer) { $1.string(bytes: $0) }
  }

  private func money(_ row: Row, _ column: Int, _ name: StaticString, _ writer: inout JSONWriter) {
    value(row, column, name, &writer) { amount, writer in
      writer.beginObject()
      writer.name("amount")
      writer.string(bytes: amount)
      writer.name("currency")
      currency.withUnsafeBytes { writer.string(bytes: $0) }
      writer.endObject()
    }
  }

  /// `2026-03-01 06:30:00.25+00` becomes `2026-03-01T06:30:00.250000Z`.
  private func moment(_ row: Row, _ column: Int, _ name: StaticString, _ writer: inout JSONWriter) {
    value(row, column, name, &writer) { bytes, writer in
      writer.string(atMost: 27) { text in
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
        return length + 1
      }
    }
  }
}
