/// The kinds of rows that an import brings, in the order in which they come: deals refer to what stands
/// before them.
enum ImportKind: String, Sendable, CaseIterable {
  case company
  case product
  case person
  /// Cards: deals or, where the import's pipeline is the one for leads, leads.
  case deal

  /// What changes an object that is there.
  var changingMethod: String {
    switch self {
    case .company: "company.update"
    case .product: "product.update"
    case .person: "user.update"
    case .deal: "deal.update or lead.update"
    }
  }

  /// Whether `import.undo` takes such objects back.
  var isUndone: Bool {
    switch self {
    case .company, .deal: true
    case .product, .person: false
    }
  }
}
