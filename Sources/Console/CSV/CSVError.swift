/// Why a file is not CSV as RFC 4180 has it.
struct CSVError: Error, Equatable, CustomStringConvertible {
  let file: String
  let line: Int
  let problem: String

  var description: String { "\(file), line \(line): \(problem)" }
}
