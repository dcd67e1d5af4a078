internal import Glibc

/// A CSV file of a folder: its heading, and what of its content a proposal needs.
struct SourceFile: Sendable {
  let name: String
  let path: String
  let delimiter: Character
  let header: [String]

  /// Opens a file and reads its heading, telling the delimiter from it.
  init(path: String, name: String) throws {
    self.path = path
    self.name = name
    var best: (delimiter: Character, header: [String]) = (",", [])
    for delimiter in [Character(","), ";", "\t"] {
      var reader = try CSVReader(path: path, name: name, delimiter: delimiter)
      let header = (try? reader.next()?.cells) ?? []
      if header.count > best.header.count { best = (delimiter, header) }
    }
    // Only where no delimiter gives a heading is the first one's complaint worth hearing.
    if best.header.isEmpty {
      var reader = try CSVReader(path: path, name: name)
      guard try reader.next() != nil else {
        throw ConsoleFailure.usage("\(name) is empty.")
      }
    }
    delimiter = best.delimiter
    header = best.header.map { $0.trimmingSpaces() }
    let doubled = Dictionary(grouping: header, by: \.self).first { $1.count > 1 }
    if let doubled {
      throw ConsoleFailure.usage("\(name) has two columns \"\(doubled.key)\".")
    }
  }

  /// The files that a folder holds, by name.
  static func all(in folder: String) throws -> [SourceFile] {
    guard let stream = opendir(folder) else {
      throw ConsoleFailure.usage("\(folder) is no folder that can be read: \(SystemError.last)")
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.lowercased().hasSuffix(".csv"), !name.hasPrefix(".") { names.append(name) }
    }
    guard !names.isEmpty else {
      throw ConsoleFailure.usage("\(folder) holds no files that end in .csv.")
    }
    return try names.sorted().map { try SourceFile(path: folder + "/" + $0, name: $0) }
  }

  /// A reader that stands behind the heading.
  func rows() throws -> CSVReader {
    var reader = try CSVReader(path: path, name: name, delimiter: delimiter)
    _ = try reader.next()
    return reader
  }

  /// The first distinct texts of a column that are not empty, in the order in which they come.
  func distinct(_ column: String, limit: Int) throws -> [String] {
    guard let index = header.firstIndex(of: column) else { return [] }
    var reader = try rows()
    var known = Set<String>()
    var texts: [String] = []
    while texts.count < limit, let record = try reader.next() {
      guard index < record.cells.count else { continue }
      let text = FormulaGuard.unguarded(record.cells[index]).trimmingSpaces()
      if !text.isEmpty, known.insert(text).inserted { texts.append(text) }
    }
    return texts
  }
}
