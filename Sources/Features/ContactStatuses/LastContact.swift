internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// What a card tells of the last contact with the client.
struct LastContact: Sendable, Equatable {
  /// A status of the company's list, by its number.
  let status: Int64
  /// When the contact was.
  let at: Timestamp

  static let schema = Schema.object(
    ["status": .identifier, "at": .timestamp], required: ["status", "at"])

  /// From two columns of a card, nil where there is none.
  init?(_ row: Row, from column: Int) throws {
    guard let status = try row.integerIfPresent(column) else { return nil }
    self.init(status: status, at: try row.timestamp(column + 1))
  }

  init(status: Int64, at: Timestamp) {
    self.status = status
    self.at = at
  }
}

extension JSONWriter {
  /// A card's last contact, or null.
  mutating func member(_ name: StaticString, _ contact: LastContact?) {
    guard let contact else {
      self.name(name)
      return null()
    }
    member(name) {
      $0.member("status", contact.status)
      $0.member("at", contact.at)
    }
  }
}

extension TenantCall {
  /// The company's list, for whoever has to do with any of its pipelines.
  var knownContactStatuses: [ContactStatus] {
    CardKind.allCases.contains { knowsPipelines(of: $0) } ? company.contactStatuses : []
  }

  /// The status that a request names, if it names one, as a contact of now. Refused is one that can no longer
  /// be chosen.
  func lastContact(_ id: Int64?, at moment: Timestamp? = nil) throws(RPCError) -> LastContact? {
    guard let id else { return nil }
    guard let status = company.contactStatus(id) else {
      throw .notFound(what: "contact_status")
    }
    guard status.isActive else {
      throw .invalid([
        FieldProblem(
          path: CardMembers.lastContact.name,
          problem: "\"\(status.name)\" can no longer be chosen; see contact_status.list")
      ])
    }
    return LastContact(status: id, at: moment ?? now)
  }

  /// The status that this very request names for its card.
  func givenLastContact() throws(RPCError) -> LastContact? {
    try lastContact(arguments[optional: CardMembers.lastContact])
  }
}
