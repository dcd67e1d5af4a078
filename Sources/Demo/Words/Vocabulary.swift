internal import SalesRules

/// What a furniture company and its clients are called and say, in one language.
struct Vocabulary: Sendable {
  /// Something that is sold.
  struct Article: Sendable {
    let name: String
    /// The list price in whole units of the currency.
    let price: Int
    /// How many of all orders of its direction.
    let share: Double

    init(_ name: String, _ price: Int, _ share: Double) {
      self.name = name
      self.price = price
      self.share = share
    }
  }

  let company: String
  let slug: String
  let currency: String
  let zone: CompanyZone
  let holidays: Set<Int>
  let admin: (name: GivenName, surname: Surname)
  let givenNames: [GivenName]
  let surnames: [Surname]
  let clientCompanies: [String]
  /// By the direction's code.
  let articles: [String: [Article]]
  let sources: [RequestSource: String]
  let comments: [CardReason: [String]]
  /// The numbers of phones that nobody has, and how one of them is written.
  let phoneCount: Int
  let phone: @Sendable (Int) -> String
  /// Amounts are rounded to this many whole units.
  let rounding: Int

  static func spoken(_ language: Language) -> Vocabulary {
    switch language {
    case .ru: .russian
    case .en: .english
    }
  }

  func source(_ source: RequestSource) -> String { sources[source] ?? source.rawValue }

  func comment(_ reason: CardReason, _ random: inout RandomSource) -> String? {
    guard let comments = comments[reason], !comments.isEmpty else { return nil }
    return random.pick(comments)
  }
}

/// A number with zeros in front up to this width.
func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
