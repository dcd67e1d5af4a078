/// Why a row is not taken whose external id is known already: what it says is told, never dropped.
extension RowRejection {
  /// Another row of the same import has the external id.
  static func twice(_ externalID: String, line: Int64?, isSame: Bool) -> RowRejection {
    let first = line.map { ", first in line \($0)" } ?? ""
    return RowRejection(
      "the external id \(quoted(externalID)) stands twice in this import\(first), there with "
        + (isSame ? "the same values" : "other values"))
  }

  /// An earlier import brought the external id with other values.
  static func isThere(
    _ kind: ImportKind, _ externalID: String, import id: Int64, with other: String = "other values"
  ) -> RowRejection {
    let undoing = kind.isUndone ? ", or take that import back with import.undo" : ""
    return RowRejection(
      "the \(kind.rawValue) \(quoted(externalID)) is there already with \(other), from import "
        + "\(id): change it with \(kind.changingMethod)\(undoing)")
  }
}
