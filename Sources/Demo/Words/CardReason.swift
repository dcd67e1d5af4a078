internal import SalesRules

/// The reasons of the company templates that the history uses, by their English names there.
enum CardReason: String, CaseIterable, Sendable {
  case tooExpensive = "Too expensive"
  case terms = "The terms did not suit"
  case competitor = "Chose a competitor"
  case notNeeded = "No longer needed"
  case dropped = "Dropped by our rules"
  case vanished = "The client vanished"
  case price = "Price"
  case quality = "Quality"
  case deliveryTime = "Delivery time"
  case service = "Service and advice"
  case recommendation = "Recommendation"
  case wrongNumber = "Wrong number"
  case duplicate = "Duplicate"
  case notAClient = "Not a client"
  case test = "Test"

  static let wins: [CardReason] = [.price, .quality, .deliveryTime, .service, .recommendation]

  /// Its name in the company's list.
  func name(_ language: Language) -> String {
    let template = [ReasonTemplate].standard.first { $0.name.en == rawValue }
    return template?.name[language] ?? rawValue
  }

  /// How often a lead that is answered and not passed on is lost for it.
  static let ofLeads: [(reason: CardReason, weight: Double)] = [
    (.vanished, 30), (.notNeeded, 22), (.tooExpensive, 24), (.terms, 10), (.competitor, 14),
  ]

  /// How often a lead turns out to be none for it.
  static let ofInvalidLeads: [(reason: CardReason, weight: Double)] = [
    (.notAClient, 42), (.duplicate, 24), (.wrongNumber, 26), (.test, 8),
  ]

  /// How often a deal is lost for it before the quotation, and after it.
  static func ofDeals(hasQuotation: Bool) -> [(reason: CardReason, weight: Double)] {
    hasQuotation
      ? [(.tooExpensive, 40), (.competitor, 30), (.terms, 13), (.notNeeded, 8), (.vanished, 9)]
      : [(.vanished, 38), (.notNeeded, 24), (.tooExpensive, 18), (.competitor, 15), (.terms, 5)]
  }
}
