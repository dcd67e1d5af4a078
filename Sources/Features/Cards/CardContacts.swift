internal import JSONRPC
internal import Postgres
internal import SalesRules

/// The contact of a new card: one that is there, one that is found again by phone or e-mail, or a new one.
struct CardContacts {
  let id: Int64?
  /// Whether the company knew the client already (S1).
  let isRepeat: Bool
  /// What of the contact is known: keys of `CardField`.
  let filled: Set<String>
  /// What makes a new one, or adds to one that is known.
  let statements: [BoundStatement]
  /// What the request tells of one that is known and that does not stand there.
  var completion: ContactCompletion?

  /// The new one.
  var made: [Int64] { statements.isEmpty || completion != nil ? [] : [id].compactMap(\.self) }

  static let none = CardContacts(id: nil, isRepeat: false, filled: [], statements: [])

  /// Finds out. Whether a client is known is asked of the whole company; found again is only what the
  /// caller may see.
  static func resolve(_ choice: ContactChoice?, _ call: TenantCall) async throws -> CardContacts {
    switch choice {
    case nil: return .none
    case .known(let id): return try await known(id, call)
    case .new(let draft): return try await found(draft, call)
    }
  }

  private static func known(_ id: Int64, _ call: TenantCall) async throws -> CardContacts {
    let rows = try await call.read(
      CardContactStatements.get(call.tenantParameter, .integer(id)))
    guard let row = rows[0].first else { throw RPCError.notFound(what: "contact") }
    let contact = try row.integer(0)
    var isRepeat = try row.bool(4)
    if !isRepeat, !call.standing.holdsEverything {
      let cards = try await call.readAsServer(
        CardContactStatements.hasCard(call.tenantParameter, .integer(contact)))
      isRepeat = try cards[0][0].bool(0)
    }
    return CardContacts(
      id: contact, isRepeat: isRepeat,
      filled: try ContactFilling(row, from: 1).filled(in: call.company), statements: [])
  }

  private static func found(_ draft: ContactDraft, _ call: TenantCall) async throws -> CardContacts
  {
    let (phones, emails) = try ClientPoints.checked(
      draft, within: "contact.", home: call.company.home)
    var contact = Contact(
      id: 0, name: draft.name ?? phones.first ?? emails.first ?? "", phones: phones,
      emails: emails, createdBy: call.standing.user, createdAt: call.now, version: 1)
    // First who has them, then which of those the caller sees: whoever comes in between is noticed.
    let points = try await KnownPoints(contact.points, call)
    if points.isOfContact {
      let rows = try await call.read(
        CardContactStatements.find(call.tenantParameter, .strings(contact.points)))
      if let row = rows[0].first {
        let (id, filling) = (try row.integer(0), try ContactFilling(row, from: 1))
        let completion = try await ContactCompletion(
          of: id, filling, with: draft, phones: phones, emails: emails, call)
        let writing = completion?.statements(tenant: call.tenant) ?? []
        // Nobody else makes a contact with what is added meanwhile.
        return CardContacts(
          id: id, isRepeat: true,
          filled: (completion?.after.filling ?? filling).filled(in: call.company),
          statements: (writing.isEmpty ? [] : points.holding(tenant: call.tenant)) + writing,
          completion: completion)
      }
    }
    contact = contact.numbered(try await call.newID(.contact))
    return CardContacts(
      id: contact.id, isRepeat: points.isKnown,
      filled: contact.filling.filled(in: call.company),
      statements: points.holding(tenant: call.tenant)
        + [contact.insertion(tenant: call.tenant)])
  }
}
