internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// What a request tells of a client who is known already: what the contact lacks is added to it, and what it has
/// otherwise stays and is told.
///
/// That is for those who may change the contact. For others it stays as it is; they see it, so they are told. Of a
/// contact that the caller does not see nothing is told or changed: the request makes one of its own.
struct ContactCompletion {
  let before: Contact
  private(set) var after: Contact
  /// The members whose values were not taken.
  private(set) var kept: [String] = []

  /// What of the request the contact with this number does not have; nil where it has all of it.
  init?(
    of id: Int64, _ filling: ContactFilling, with draft: ContactDraft, phones: [String],
    emails: [String], _ call: TenantCall
  ) async throws {
    let phones = phones.filter { phone in
      !(PhoneNumber(kept: phone).map { filling.phones.contains($0.e164) } ?? false)
    }
    let emails = emails.filter { email in
      !(EmailAddress(email).map { filling.emails.contains($0.comparisonKey) } ?? false)
    }
    let name = Self.name(draft.name, of: filling, phones, emails, call.company)
    guard name != nil || !phones.isEmpty || !emails.isEmpty else { return nil }
    let key: [Parameter] = [call.tenantParameter, .integer(id)]
    let rows = try await call.read(
      ContactStatements.get.bind(key), ContactStatements.places.bind(key))
    guard let row = rows[0].first else { return nil }
    before = try Contact(row)
    after = before
    guard
      try ClientSight.mayChange(enteredBy: before.createdBy, cards: rows[1], call)
    else {
      if name != nil { kept.append("name") }
      if !phones.isEmpty { kept.append("phones") }
      if !emails.isEmpty { kept.append("emails") }
      return
    }
    if let name {
      if filling.isNamed(in: call.company) { kept.append("name") } else { after.name = name }
    }
    after.phones = joined(before.phones, phones, "phones")
    after.emails = joined(before.emails, emails, "emails")
  }

  /// As many as there is room for, behind those that are there.
  private mutating func joined(
    _ present: [String], _ further: [String], _ member: String
  ) -> [String] {
    let all = present + further
    if all.count > ClientPoints.most { kept.append(member) }
    return Array(all.prefix(ClientPoints.most))
  }

  /// The name that was told, where it is one and another one than the contact's.
  private static func name(
    _ told: String?, of filling: ContactFilling, _ phones: [String], _ emails: [String],
    _ company: Company
  ) -> String? {
    guard let told, words(told) != words(filling.name ?? "") else { return nil }
    var named = filling
    named.name = told
    named.phones += phones.compactMap { PhoneNumber(kept: $0)?.e164 }
    named.emails += emails.compactMap { EmailAddress($0)?.comparisonKey }
    return named.isNamed(in: company) ? told : nil
  }

  private static func words(_ name: String) -> [Substring] {
    name.lowercased().split(whereSeparator: \.isWhitespace)
  }

  /// The members that were added to.
  var added: [String] {
    var members: [String] = []
    if after.name != before.name { members.append("name") }
    if after.phones != before.phones { members.append("phones") }
    if after.emails != before.emails { members.append("emails") }
    return members
  }

  /// What writes it, if the contact still has the version that was read.
  func statements(tenant: Int64) -> [BoundStatement] {
    guard after != before else { return [] }
    return after.rewording(from: before, tenant: tenant) + [
      ContactStatements.update.bind(
        [.integer(tenant), .integer(before.id)] + after.parameters + [.integer(before.version)]
          + after.pointParameters)
    ]
  }

  /// What those who may learn of a changed contact are told.
  var event: EventDraft? {
    guard after != before else { return nil }
    return EventDraft(
      name: "contact.update", noun: "contact", subject: before.id, version: before.version + 1,
      sight: .admins)
  }

  /// What a step's warnings say of it; nil where everything was taken.
  var warning: CardWarning? {
    guard !kept.isEmpty else { return nil }
    return CardWarning(
      kind: "contact_kept",
      message: "The client is known as contact \(before.id), whose "
        + "\(kept.joined(separator: " and ")) stay\(kept == ["name"] ? "s" : "") as before: "
        + "change it with contact.update.",
      detail: .array(kept.map { .string($0) }))
  }
}
