/// The kinds of things that can be imported, in the order in which they must come: deals refer to
/// what stands before them.
enum ImportKind: String, Sendable, CaseIterable {
  case company
  case product
  case person
  case deal
  case stageEvent = "stage_event"

  /// Whether the server takes it as a kind of its own; stage events go with their deals.
  var isOnWire: Bool { self != .stageEvent }

  /// Several of them, in a sentence.
  var plural: String {
    switch self {
    case .company: "companies"
    case .product: "products"
    case .person: "people"
    case .deal: "deals"
    case .stageEvent: "stage events"
    }
  }

  /// Whether a file of other things may name such ones, from which they can be made.
  var canBeMentioned: Bool {
    switch self {
    case .company, .product, .person: true
    case .deal, .stageEvent: false
    }
  }

  /// The members that rows of the kind may have.
  var members: [String] {
    switch self {
    case .company: ["external_id", "name"]
    case .product: ["external_id", "name", "price"]
    case .person: ["external_id", "name", "email", "team"]
    case .deal:
      [
        "external_id", "title", "stage", "amount", "company", "responsible", "product",
        "contact", "contact_phone", "contact_email", "source", "created_at", "closed_at", "reason",
        "comment", "last_contact",
      ]
    case .stageEvent: ["deal", "stage", "at", "by"]
    }
  }

  /// The members without which a row means nothing.
  var requiredMembers: [String] {
    switch self {
    case .company, .product, .person: ["external_id", "name"]
    case .deal: ["external_id", "title"]
    case .stageEvent: ["deal", "stage", "at"]
    }
  }

  /// The members that hold another thing's external id, and that thing's kind.
  static let references: [String: ImportKind] = [
    "company": .company, "responsible": .person, "product": .product, "by": .person,
    "deal": .deal,
  ]

  /// The members that hold a moment or a day.
  static let moments: Set<String> = ["created_at", "closed_at", "at"]

  /// The members that hold a sum of money.
  static let sums: Set<String> = ["amount", "price"]
}
