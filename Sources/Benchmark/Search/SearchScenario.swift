internal import JSON

/// What is looked for in the section `search`.
public enum SearchScenario: String, Sendable, CaseIterable {
  /// A phone number, written in another way than it was entered.
  case phone
  /// A whole e-mail address.
  case email
  /// A card's number.
  case number
  /// A word of a title that one card in 5,000 has.
  case rare
  /// A word that one in 25 has.
  case common
  /// A first name that one contact in 20 has.
  case name
  /// Two words that one in 25 has each.
  case two
  /// A word that is nowhere.
  case nowhere
  /// A client company's whole name.
  case company
  /// The newest page of a list, without a filter.
  case page
  /// The list of a field's value that three cards hold.
  case rareValue = "rare-value"
  /// The same of one in 400.
  case mediumValue = "medium-value"
  /// The same of one in five.
  case commonValue = "common-value"
  /// The same of one in ten, of which the member who sees few has none.
  case foreignValue = "foreign-value"
  /// The list of a number's range in which one in 400 lies.
  case range
  /// A pipeline's board, without a filter.
  case board
  /// The same of the value that one in 400 holds.
  case mediumBoard = "medium-board"
  /// The same of the one that one in five holds.
  case commonBoard = "common-board"

  /// How its row begins in a table.
  var title: String {
    switch self {
    case .phone: "card.search: phone number, other spelling"
    case .email: "card.search: e-mail address"
    case .number: "card.search: card's number"
    case .rare: "card.search: rare word"
    case .common: "card.search: common word"
    case .name: "card.search: first name"
    case .two: "card.search: two common words"
    case .nowhere: "card.search: word that is nowhere"
    case .company: "card.search: company's name"
    case .page: "deal.list: newest"
    case .rareValue: "deal.list: rare value"
    case .mediumValue: "deal.list: medium value"
    case .commonValue: "deal.list: common value"
    case .foreignValue: "deal.list: common value, not among theirs"
    case .range: "deal.list: range"
    case .board: "deal.board: whole"
    case .mediumBoard: "deal.board: medium value"
    case .commonBoard: "deal.board: common value"
    }
  }

  /// Whether it is another question for this asker than the others are.
  func isAsked(by asker: SearchAsker) -> Bool {
    self != .foreignValue || asker == .few
  }

  /// Its requests to a company, drawn from cards that the asker sees.
  func requests(from examples: [SearchExample], by asker: SearchAsker) -> [SearchRequest] {
    // A member who sees few need not have a card of every value.
    let some: SearchRequest.Expectation = asker == .few ? .whatever : .something
    switch self {
    case .phone: return examples.map { .search($0.phoneAsTyped, .card($0.card)) }
    case .email: return examples.map { .search($0.email, .card($0.card)) }
    case .number: return examples.map { .search("\($0.card)", .card($0.card)) }
    case .rare: return examples.map { .search($0.rareWord, .something) }
    case .common: return examples.map { .search($0.words[0], .something) }
    case .name: return examples.map { .search($0.firstName, .something) }
    case .two:
      // Where hardly any card has both, a page may come back empty and go on.
      return examples.map { .search($0.words.joined(separator: " "), .whatever) }
    case .nowhere: return [.search("qwxzvq", .nothing)]
    case .company: return examples.map { .search($0.company, .something) }
    case .page: return [.list([:], .something)]
    case .rareValue: return [.list([SearchCompany.material: "ebony"], some)]
    case .mediumValue: return [.list([SearchCompany.material: "walnut"], some)]
    case .commonValue: return [.list([SearchCompany.material: "beech"], .something)]
    case .foreignValue: return [.list([SearchCompany.material: "oak"], .nothing)]
    case .range:
      return examples.map { .list([SearchCompany.area: $0.rangeOfArea], .something) }
    case .board: return examples.map { .board($0.pipeline, [:], .something) }
    case .mediumBoard:
      // One in 400 need not be in each pipeline of a small company.
      return examples.map { .board($0.pipeline, [SearchCompany.material: "walnut"], .whatever) }
    case .commonBoard:
      return examples.map { .board($0.pipeline, [SearchCompany.material: "beech"], .something) }
    }
  }
}
