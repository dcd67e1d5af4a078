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
  /// What makes a new one.
  let statements: [BoundStatement]

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
    return CardContacts(
      id: id, isRepeat: try row.bool(3),
      filled: try filled(name: row.bool(0), phone: row.bool(1), email: row.bool(2)),
      statements: [])
  }

  private static func found(_ draft: ContactDraft, _ call: TenantCall) async throws -> CardContacts
  {
    var checks = ValueChecks()
    if let phone = draft.phone { checks.check("contact.phone", PhoneNumber.problem(in: phone)) }
    if let email = draft.email { checks.check("contact.email", EmailAddress.problem(in: email)) }
    try checks.finish()
    let phone = draft.phone.flatMap { PhoneNumber($0)?.e164 }
    let email = draft.email.flatMap { EmailAddress($0)?.comparisonKey }
    let keys: [Parameter] = [call.tenantParameter, .string(phone), .string(email)]
    var isRepeat = false
    if phone != nil || email != nil {
      isRepeat = try await call.readAsServer(CardStatements.isKnown.bind(keys))[0][0].bool(0)
      if isRepeat {
        let rows = try await call.read(CardContactStatements.find.bind(keys))
        if let row = rows[0].first {
          return CardContacts(
            id: try row.integer(0), isRepeat: true,
            filled: try filled(name: row.bool(1), phone: row.bool(2), email: row.bool(3)),
            statements: [])
        }
      }
    }
    let id = try await call.newID(.contact)
    let name = draft.name ?? draft.phone ?? draft.email ?? ""
    let insert = CardContactStatements.insert(
      call.tenantParameter, .integer(id), .text(name), .string(draft.phone), .string(phone),
      .string(draft.email.flatMap { EmailAddress($0)?.address }), .string(email),
      .integer(call.standing.user), .timestamp(call.now),
      .strings(SearchWords(contact: name, phone: phone, email: email).sorted))
    return CardContacts(
      id: id, isRepeat: isRepeat,
      filled: filled(name: draft.name != nil, phone: phone != nil, email: email != nil),
      statements: [insert])
  }

  private static func filled(name: Bool, phone: Bool, email: Bool) -> Set<String> {
    var filled: Set<String> = [CardField.contact.rawValue]
    if name { filled.insert(CardField.name.rawValue) }
    if phone { filled.insert(CardField.phone.rawValue) }
    if email { filled.insert(CardField.email.rawValue) }
    return filled
  }
}
