internal import JSONRPC
internal import Postgres
internal import SalesRules

/// Which teams somebody has to do with: owners and admins with all, members with their own, with those they
/// lead and all below, and with those to which something is granted on a pipeline that they work on.
enum TeamSight {
  /// The ids of the teams that a member knows.
  static func known(_ call: TenantCall) async throws -> [Int64] {
    let rows = try await call.read(
      TeamStatements.known(
        call.tenantParameter, .integer(call.standing.user),
        call.standing.rights.parameters.workedOn))
    return try rows[0].map { try $0.integer(0) }
  }

  /// A team that the caller knows, or the refusal that there is none.
  static func find(_ id: Int64, _ call: TenantCall) async throws -> CompanyTeam {
    if !call.standing.holdsEverything, try await !known(call).contains(id) {
      throw RPCError.notFound(what: "team")
    }
    let rows = try await call.read(TeamStatements.get(call.tenantParameter, .integer(id)))
    guard let row = rows[0].first else { throw RPCError.notFound(what: "team") }
    return try CompanyTeam(row)
  }

  /// Refuses a team that the caller does not know.
  static func require(_ id: Int64, _ call: TenantCall) async throws {
    _ = try await find(id, call)
  }
}
