internal import JSONRPC
internal import Postgres
internal import SalesRules

/// What a member has to do with clients.
enum ClientSight {
  /// New clients are entered by those who work on cards; who only looks at them enters none.
  static func requireAuthor(_ call: TenantCall) throws(RPCError) {
    let standing = call.standing
    let isAuthor =
      standing.holdsEverything || !standing.rights[.create].pipelines.isEmpty
      || !standing.rights[.edit].pipelines.isEmpty
    guard isAuthor else { throw .forbidden(needs: Action.create.rawValue) }
  }

  /// Whoever entered a client changes it, and whoever may edit one of its cards. The policies for updates
  /// say the same.
  static func mayChange(
    enteredBy author: Int64?, cards: Rows, _ call: TenantCall
  ) throws -> Bool {
    if call.standing.holdsEverything || author == call.standing.user { return true }
    return try cards.contains { call.standing.holds(.edit, on: try RightsCard($0)) }
  }

  /// A company that is named has to be one that the caller sees: the foreign key alone would tell of others.
  static func requireCompany(_ id: Int64?, _ call: TenantCall) async throws {
    guard let id else { return }
    let rows = try await call.read(
      ClientCompanyStatements.exists(call.tenantParameter, .integer(id)))
    guard !rows[0].isEmpty else { throw RPCError.notFound(what: "company") }
  }
}
