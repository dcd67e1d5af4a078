internal import Postgres
internal import SalesRules

/// The contacts of an import's cards: found again by phone or e-mail address, or by name at the same
/// company where no more is known; else made. A row that tells a number or address which the contact does
/// not have yet adds it; one that tells another is warned of.
struct ImportedContacts {
  private enum Trait: Hashable {
    case phone(String)
    case email(String)
    case name(String, company: Int64)
  }

  /// Each card's contact, in the cards' order; in a dry run new ones have negative numbers.
  private(set) var ids: [Int64?] = []
  /// Whether each card is a lead whose client was known before.
  private(set) var repeats: [Bool] = []
  /// What of some cards' clients, by the cards' places, is not as their contact has it.
  private(set) var warnings: [(place: Int, text: String)] = []
  private var made: [ImportedContact] = []
  /// The contacts that are there.
  private var present: [ImportedContact] = []
  /// The numbers and addresses that no contact had.
  private var unknown = KnownPoints(unknown: [])

  init(
    _ cards: [ImportedCard], kind: CardKind, isDryRun: Bool, call: TenantCall
  ) async throws {
    ids = Array(repeating: nil, count: cards.count)
    repeats = Array(repeating: false, count: cards.count)
    guard cards.contains(where: { $0.row.contact != nil }) else { return }
    var (known, places) = try await find(cards, call)
    var madePlaces: [Int64: Int] = [:]
    for (index, card) in cards.enumerated() {
      guard let contact = card.row.contact else { continue }
      let traits = Self.traits(card)
      if let found = traits.lazy.compactMap({ known[$0] }).first {
        ids[index] = found
        repeats[index] = kind == .lead
        let differences =
          if let place = places[found] {
            present[place].add(card)
          } else if let place = madePlaces[found] {
            made[place].add(card)
          } else {
            [String]()
          }
        warn(index, of: found, differences)
      } else {
        let id = isDryRun ? -Int64(made.count + 1) : try await call.newID(.contact)
        ids[index] = id
        let name =
          contact.name ?? contact.phone.flatMap { card.phone?.kept(as: $0) } ?? contact.email ?? ""
        var draft = ImportedContact(id: id, name: name, company: card.company)
        _ = draft.add(card)
        madePlaces[id] = made.count
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

  private mutating func warn(_ place: Int, of id: Int64, _ differences: [String]) {
    guard !differences.isEmpty else { return }
    // In a dry run new contacts have no numbers to be told.
    let contact = id > 0 ? "contact \(id)" : "that of an earlier row"
    let kept = differences.joined(separator: ", ")
    warnings.append((place, "its client is \(contact): \(kept); change it with contact.update"))
  }

  /// Looks the contacts up: which are known by what, and where they stand in `present`.
  private mutating func find(
    _ cards: [ImportedCard], _ call: TenantCall
  ) async throws -> (known: [Trait: Int64], places: [Int64: Int]) {
    var (phones, emails) = ([String](), [String]())
    var (companies, names) = ([Int64](), [String]())
    for trait in Set(cards.flatMap(Self.traits)) {
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
    var places: [Int64: Int] = [:]
    for row in rows[1] {
      let text = try row.string(1)
      let trait: Trait =
        switch try row.string(0) {
        case "phone": .phone(text)
        case "email": .email(text)
        default: .name(text, company: try row.integer(2))
        }
      let id = try row.integer(3)
      known[trait] = id
      guard places[id] == nil else { continue }
      places[id] = present.count
      present.append(
        ImportedContact(
          id: id, name: try row.string(4), company: nil,
          phones: try row.strings(5).compactMap(\.self),
          emails: try row.strings(6).compactMap(\.self)))
    }
    unknown = KnownPoints(
      unknown: phones.filter { known[.phone($0)] == nil }
        + emails.filter { known[.email($0)] == nil })
    return (known, places)
  }

  /// What makes the new ones, with keys by which undoing finds them, and adds to the others.
  func insertion(import id: Int64, call: TenantCall) -> [BoundStatement] {
    var statements = unknown.holding(tenant: call.tenant)
    if !made.isEmpty {
      let keys = made.map { ImportKey(externalID: String($0.id), object: $0.id) }
      statements += [
        ImportKey.insertion(keys, kind: "contact", import: id, call),
        ImportStatements.insertContacts(
          call.tenantParameter, .integers(made.map(\.id)), .strings(made.map(\.name)),
          .strings(made.map(\.newPhone?.text)), .strings(made.map(\.newPhone?.number.e164)),
          .strings(made.map(\.newEmail?.address)), .strings(made.map(\.newEmail?.comparisonKey)),
          .integers(made.map(\.company)), .integer(call.standing.user), .timestamp(call.now),
          .strings(made.map(\.searchWords.joined))),
      ]
    }
    // Each contact once, in order: two imports never wait for each other.
    let added = present.filter(\.isAddedTo).sorted { $0.id < $1.id }
    if !added.isEmpty {
      statements += [
        ImportStatements.planByIndex(),
        SearchWordStatements.contacts.bind(
          WordChanges(added.map { ($0.id, $0.searchWords) }).parameters(of: call.tenant)),
      ]
      statements.append(
        ImportStatements.addToContacts(
          call.tenantParameter, .integers(added.map(\.id)),
          .strings(added.map(\.newPhone?.text)), .strings(added.map(\.newPhone?.number.e164)),
          .strings(added.map(\.newEmail?.address)),
          .strings(added.map(\.newEmail?.comparisonKey))))
    }
    return statements
  }
}
