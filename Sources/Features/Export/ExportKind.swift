internal import SalesRules

/// What can be taken out of a company by its own people.
enum ExportKind: String, CaseIterable, Sendable {
  case leads
  case deals
  case contacts
  case companies

  /// The cards that it is, or whose clients it is; nil for those of both kinds.
  var cardKind: CardKind? {
    switch self {
    case .leads: .lead
    case .deals: .deal
    case .contacts, .companies: nil
    }
  }

  /// Whether its rows are cards.
  var isOfCards: Bool { cardKind != nil }
}
