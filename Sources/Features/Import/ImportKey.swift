internal import Postgres

/// An external id with the object it stands for and the row that brought it.
struct ImportKey {
  let externalID: String
  /// The object's number; 0 in a dry run.
  var object: Int64
  /// Which row it was; nil for contacts, which come within rows of deals.
  var line: Int64?
  /// What the row said; nil for contacts.
  var content: RowContent?

  /// What takes external ids of a kind for an import.
  static func insertion(
    _ keys: [ImportKey], kind: String, import id: Int64, _ call: TenantCall
  ) -> BoundStatement {
    let sorted = keys.sorted { $0.externalID.utf8.lexicographicallyPrecedes($1.externalID.utf8) }
    return ImportStatements.insertKeys(
      call.tenantParameter, .integer(id), .text(kind), .strings(sorted.map(\.externalID)),
      .integers(sorted.map(\.object)), .integers(sorted.map(\.line)),
      .strings(sorted.map(\.content?.digits)))
  }
}
