/// The kinds of rows that an import brings, in the order in which they come: deals refer to what stands
/// before them.
enum ImportKind: String, Sendable, CaseIterable {
  case company
  case product
  case person
  /// Cards: deals or, where the import's pipeline is the one for leads, leads.
  case deal
}
