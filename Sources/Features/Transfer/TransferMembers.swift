internal import JSONRPC

/// What `tenant.export` and `tenant.import` take.
enum TransferMembers {
  private static let line = Member<String>.opaqueText(
    "line", length: 1...1_000_000, "A line of the file, without its line break.")

  static let header = line.renamed("header", "The file's first line.")
  static let trailer = line.renamed("trailer", "The file's last line.")
  static let plan = Member<String>.opaqueText(
    "plan", length: 1...63, "The code of its plan here; the file's where it is absent.")
  static let slug = Member<String>.opaqueText(
    "slug", length: 1...63, "Its slug here; the file's where it is absent.")
  static let importID = Member<Int64>.identifier("import", "The number that `begin` gave.")
  static let number = Member<Int64>.integer(
    "line", 2...Int64.max, "The number of the first of these lines in the file.")
  static let lines = Member<[String]>.array(
    "lines", of: line, count: 1...4000, "Lines of the file as they follow each other.")
  static let password = Member<String>.opaqueText(
    "password", length: 1...1000,
    "A password for the company's first owner: passwords do not travel in files.")

  static let begin = Member<Arguments>.object(
    "begin", [.required(header), .optional(slug), .optional(plan)], "To begin.")
  static let rows = Member<Arguments>.object(
    "rows", [.required(importID), .required(number), .required(lines)],
    "To go on, with the lines between the first and the last.")
  static let finish = Member<Arguments>.object(
    "finish", [.required(importID), .required(trailer), .optional(password)], "To come to the end.")
}
