/// A strict reader of RFC 4180, record by record.
///
/// Our own because SwiftCSV, though convenient, keeps the whole text in memory, knows no line numbers
/// (a rejected row must be found again, also behind quoted cells of several lines), drops spaces before
/// cells and an empty last cell, and takes a quote that is never closed. What it refuses: quotes inside
/// an unquoted cell, text after a closing quote, an unclosed quote, a lone CR, and bytes that are not
/// UTF-8. A byte order mark is skipped and LF taken for CRLF, because real files have both.
struct CSVReader {
  private enum Place {
    case cellStart
    case unquoted
    case quoted
    case quoteInQuoted
    case carriageReturn
  }

  private let source: FileBytes
  private let name: String
  private let delimiter: UInt8
  private var line = 1
  private var isAtStart = true

  /// Opens a file; `name` is what errors call it.
  init(path: String, name: String, delimiter: Character = ",") throws {
    source = try FileBytes(path: path)
    self.name = name
    self.delimiter = delimiter.asciiValue ?? UInt8(ascii: ",")
  }

  /// The next record; nil at the end. Blank lines are skipped.
  mutating func next() throws -> CSVRecord? {
    while let record = try record() {
      if record.cells != [""] { return record }
    }
    return nil
  }

  private mutating func record() throws -> CSVRecord? {
    var cells: [String] = []
    var cell: [UInt8] = []
    var place = Place.cellStart
    let start = line
    var isEmpty = true

    while let byte = try nextByte() {
      isEmpty = false
      switch (place, byte) {
      case (.quoted, UInt8(ascii: "\"")): place = .quoteInQuoted
      case (.quoted, _):
        if byte == 0x0A { line += 1 }
        cell.append(byte)
      case (.quoteInQuoted, UInt8(ascii: "\"")):
        cell.append(byte)
        place = .quoted
      case (.carriageReturn, 0x0A), (.cellStart, 0x0A), (.unquoted, 0x0A), (.quoteInQuoted, 0x0A):
        line += 1
        cells.append(try text(cell))
        return CSVRecord(line: start, cells: cells)
      case (.carriageReturn, _): throw error("a CR without LF outside quotes")
      case (_, 0x0D): place = .carriageReturn
      case (_, delimiter):
        cells.append(try text(cell))
        cell.removeAll(keepingCapacity: true)
        place = .cellStart
      case (.quoteInQuoted, _): throw error("text after a closing quote")
      case (.cellStart, UInt8(ascii: "\"")): place = .quoted
      case (_, UInt8(ascii: "\"")): throw error("a quote inside a cell that is not quoted")
      case (_, _):
        cell.append(byte)
        place = .unquoted
      }
    }
    if place == .quoted {
      throw CSVError(file: name, line: start, problem: "a quoted cell that is never closed")
    }
    if isEmpty { return nil }
    cells.append(try text(cell))
    return CSVRecord(line: start, cells: cells)
  }

  private mutating func nextByte() throws -> UInt8? {
    guard isAtStart else { return try source.next() }
    isAtStart = false
    let first = try source.next()
    guard first == 0xEF else { return first }
    guard try source.next() == 0xBB, try source.next() == 0xBF else { throw notUTF8() }
    return try source.next()
  }

  private func text(_ bytes: [UInt8]) throws -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw notUTF8() }
    return text
  }

  private func notUTF8() -> CSVError {
    error("not UTF-8; convert the file first, for example with iconv -f CP1251 -t UTF-8")
  }

  private func error(_ problem: String) -> CSVError {
    CSVError(file: name, line: line, problem: problem)
  }
}
