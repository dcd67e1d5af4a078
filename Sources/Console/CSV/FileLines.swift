/// The lines of a text file, one after another, whatever its size.
struct FileLines {
  private let bytes: FileBytes

  init(path: String) throws {
    bytes = try FileBytes(path: path)
  }

  /// The next line without its line break; nil at the end.
  mutating func next() throws -> String? {
    var line: [UInt8] = []
    while let byte = try bytes.next() {
      if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
      line.append(byte)
    }
    return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
  }
}
