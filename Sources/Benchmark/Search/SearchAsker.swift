/// As whom is searched.
enum SearchAsker: String, CaseIterable {
  /// The company's owner.
  case owner
  /// A member whose team has rights on every card.
  case all
  /// A member who sees cards of their own alone, of which there are `SearchCompany.newcomersCards`.
  case few

  /// How it stands in a table.
  var title: String {
    switch self {
    case .owner: "owner"
    case .all: "member who sees all"
    case .few: "member who sees \(SearchCompany.newcomersCards)"
    }
  }

  /// Those of a kind.
  static func of(_ asker: Asker) -> [SearchAsker] {
    switch asker {
    case .admin: [.owner]
    case .member: [.all, .few]
    }
  }
}
