internal import Postgres
internal import SalesRules

/// The contacts of an import's cards: found again by phone or e-mail address, or by name at the same
/// company where no more is known; else made. A row that tells a number or address which the contact does
/// not have yet adds it.
struct ImportedContacts {
  private enum Trait: Hashable {
    case phone(String)
    case email(String)
    case name(String, company: Int64)
  }

  /// What is to be written of a contact.
  private struct Draft {
    let id: Int64
    let name: String
    let company: Int64?
    var phone: (text: String?, number: PhoneNumber)?
    var email: EmailAddress?

    /// Adds what the row knows and the draft does not.
    mutating func add(_ card: ImportedCard) {
      if phone == nil, let number = card.phone { phone = (card.row.contact?.phone, number) }
      if email == nil { email = card.email }
    }
  }

  /// Each card's contact, in the cards' order.
  private(set) var ids: [Int64?] = []
  /// Whether each card is a lead whose client was known before.
  private(set) var repeats: [Bool] = []
  private var made: [Draft] = []
  /// What rows add to contacts that are there.
  private var added: [Draft] = []

  init(_ cards: [ImportedCard], kind: CardKind, call: TenantCall) async throws {
    ids = Array(repeating: nil, count: cards.count)
    repeats = Array(repeating: false, count: cards.count)
    guard cards.contains(where: { $0.row.contact != nil }) else { return }
    var known = try await Self.known(cards, call)
    var places: [Int64: Int] = [:]
    for (index, card) in cards.enumerated() {
      guard let contact = card.row.contact else { continue }
      let traits = Self.traits(card)
      if let found = traits.lazy.compactMap({ known[$0] }).first {
        ids[index] = found
        repeats[index] = kind == .lead
        if let place = places[found] {
          made[place].add(card)
        } else {
          var draft = Draft(id: found, name: "", company: nil)
          draft.add(card)
          added.append(draft)
        }
      } else {
        let id = try await call.newID(.contact)
        ids[index] = id
        places[id] = made.count
        let name = contact.name ?? contact.phone ?? contact.email ?? ""
        var draft = Draft(id: id, name: name, company: card.company)
        draft.add(card)
        made.append(draft)
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
      ImportStatements.planByIndex(),
      ImportStatements.contacts(
        call.tenantParameter, .strings(phones), .strings(emails), .integers(companies),
        .strings(names)))
    var known: [Trait: Int64] = [:]
    for row in rows[1] {
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

  /// What makes the new ones, with keys by which undoing finds them, and adds to the others.
  func insertion(import id: Int64, call: TenantCall) -> [BoundStatement] {
    var statements: [BoundStatement] = []
    if !made.isEmpty {
      statements = [
        ImportDeals.Batch.keys(
          "contact", made.map { (String($0.id), $0.id) }, import: id, call),
        ImportStatements.insertContacts(
          call.tenantParameter, .integers(made.map(\.id)), .strings(made.map(\.name)),
          .strings(made.map { $0.phone?.text }), .strings(made.map { $0.phone?.number.e164 }),
          .strings(made.map(\.email?.address)), .strings(made.map(\.email?.comparisonKey)),
          .integers(made.map(\.company)), .integer(call.standing.user), .timestamp(call.now)),
      ]
    }
    // Each contact once, in order: two imports never wait for each other.
    let drafts = Dictionary(grouping: added, by: \.id).sorted { $0.key < $1.key }.map { entry in
      entry.value.dropFirst().reduce(into: entry.value[0]) { draft, other in
        draft.phone = draft.phone ?? other.phone
        draft.email = draft.email ?? other.email
      }
    }.filter { $0.phone != nil || $0.email != nil }
    if !drafts.isEmpty {
      statements.append(
        ImportStatements.addToContacts(
          call.tenantParameter, .integers(drafts.map(\.id)),
          .strings(drafts.map { $0.phone?.text }),
          .strings(drafts.map { $0.phone?.number.e164 }), .strings(drafts.map(\.email?.address)),
          .strings(drafts.map(\.email?.comparisonKey))))
    }
    return statements
  }
}
