internal import Postgres
internal import SalesRules

/// The contacts of an import's cards: found again by phone or e-mail address, or by name at the same
/// company where no more is known; else made.
struct ImportedContacts {
  private enum Trait: Hashable {
    case phone(String)
    case email(String)
    case name(String, company: Int64)
  }

  private struct Made {
    let id: Int64
    let name: String
    let card: ImportedCard
  }

  /// Each card's contact, in the cards' order.
  private(set) var ids: [Int64?] = []
  /// Whether each card is a lead whose client was known before.
  private(set) var repeats: [Bool] = []
  private var made: [Made] = []

  init(_ cards: [ImportedCard], kind: CardKind, call: TenantCall) async throws {
    ids = Array(repeating: nil, count: cards.count)
    repeats = Array(repeating: false, count: cards.count)
    guard cards.contains(where: { $0.row.contact != nil }) else { return }
    var known = try await Self.known(cards, call)
    for (index, card) in cards.enumerated() {
      guard let contact = card.row.contact else { continue }
      let traits = Self.traits(card)
      if let found = traits.lazy.compactMap({ known[$0] }).first {
        ids[index] = found
        repeats[index] = kind == .lead
      } else {
        let id = try await call.newID(.contact)
        ids[index] = id
        let name = contact.name ?? contact.phone ?? contact.email ?? ""
        made.append(Made(id: id, name: name, card: card))
      }
      for trait in traits where known[trait] == nil { known[trait] = ids[index] }
    }
  }

  /// By what a card's contact is known; the surest first.
  private static func traits(_ card: ImportedCard) -> [Trait] {
    let sure =
      [card.phone.map { Trait.phone($0.e164) }, card.email.map { .email($0.comparisonKey) }]
      .compactMap(\.self)
    guard sure.isEmpty, let name = card.row.contact?.name, let company = card.company else {
      return sure
    }
    return [.name(name, company: company)]
  }

  private static func known(
    _ cards: [ImportedCard], _ call: TenantCall
  ) async throws -> [Trait: Int64] {
    var (phones, emails) = ([String](), [String]())
    var (companies, names) = ([Int64](), [String]())
    for trait in Set(cards.flatMap(traits)) {
      switch trait {
      case .phone(let phone): phones.append(phone)
      case .email(let email): emails.append(email)
      case .name(let name, let company):
        companies.append(company)
        names.append(name)
      }
    }
    let rows = try await call.read(
      ImportStatements.contacts(
        call.tenantParameter, .strings(phones), .strings(emails), .integers(companies),
        .strings(names)))
    var known: [Trait: Int64] = [:]
    for row in rows[0] {
      let text = try row.string(1)
      let trait: Trait =
        switch try row.string(0) {
        case "phone": .phone(text)
        case "email": .email(text)
        default: .name(text, company: try row.integer(2))
        }
      known[trait] = try row.integer(3)
    }
    return known
  }

  /// What makes the new ones, with keys by which undoing finds them.
  func insertion(import id: Int64, call: TenantCall) -> [BoundStatement] {
    guard !made.isEmpty else { return [] }
    return [
      ImportDeals.Batch.keys(
        "contact", made.map { (String($0.id), $0.id) }, import: id, call),
      ImportStatements.insertContacts(
        call.tenantParameter, .integers(made.map(\.id)), .strings(made.map(\.name)),
        .strings(made.map(\.card.row.contact?.phone)), .strings(made.map(\.card.phone?.e164)),
        .strings(made.map(\.card.email?.address)),
        .strings(made.map(\.card.email?.comparisonKey)), .integers(made.map(\.card.company)),
        .integer(call.standing.user), .timestamp(call.now)),
    ]
  }
}
