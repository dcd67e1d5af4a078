internal import JSONRPC
internal import Postgres
internal import SalesRules

/// Of whom somebody knows: owners and admins of everybody, also of whoever was deactivated; members of
/// their colleagues.
enum UserSight {
  /// Whether the caller knows of the person.
  static func knows(_ id: Int64, _ call: TenantCall) async throws -> Bool {
    if id == call.standing.user { return true }
    if call.standing.holdsEverything { return try await call.standing(of: id) != nil }
    let rows = try await call.read(
      UserStatements.isColleague(
        call.tenantParameter, .integer(call.standing.user),
        call.standing.rights.parameters.pipelines, .integer(id)))
    return try rows[0][0].bool(0)
  }

  /// Refuses somebody of whom the caller does not know.
  static func require(_ id: Int64, _ call: TenantCall) async throws {
    guard try await knows(id, call) else { throw RPCError.notFound(what: "user") }
  }
}
