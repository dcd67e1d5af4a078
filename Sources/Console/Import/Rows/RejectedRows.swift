internal import Glibc

/// The file of rows that were not taken: source file, line, reason, and the record as it stood.
///
/// It is made with the first such row. The record's cells are not guarded against being formulas: it
/// is the person's own data and must come back unchanged.
final class RejectedRows {
  let path: String
  private(set) var count = 0
  private var descriptor: Int32 = -1

  init(path: String) {
    self.path = path
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  func add(file: String, record: CSVRecord, reason: String) throws {
    let writer = CSVWriter(guardsFormulas: false)
    if descriptor < 0 {
      descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw unwritable }
      try put(writer.line(["file", "line", "reason", "row"]))
    }
    let row = String(writer.line(record.cells).unicodeScalars.dropLast(2))
    try put(writer.line([file, String(record.line), reason, row]))
    count += 1
  }

  private func put(_ text: String) throws {
    let bytes = Array(text.utf8)
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw unwritable }
      start += count
    }
  }

  private var unwritable: ConsoleFailure {
    .usage("\(path) can't be written: \(SystemError.last); say another place with --rejected.")
  }
}
