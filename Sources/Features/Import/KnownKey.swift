internal import Postgres

/// An external id that is known, with the import that brought it.
struct KnownKey {
  let key: ImportKey
  let importID: Int64

  /// From the columns of `ImportStatements.known`.
  init(_ row: Row) throws {
    key = ImportKey(
      externalID: try row.string(0), object: try row.integer(1),
      line: try row.integerIfPresent(3), content: RowContent(kept: try row.stringIfPresent(4)))
    importID = try row.integer(2)
  }
}
