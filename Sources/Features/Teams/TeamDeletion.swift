internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `team.delete`: refused while something hangs on the team, unless it is said what becomes of that.
struct TeamDeletion {
  static let moveSubteamsUp = Member<Bool>.boolean(
    "move_subteams_up", "Whether its sub-teams come below its own parent.")
  static let revokeGrants = Member<Bool>.boolean(
    "revoke_grants", "Whether the grants to it are revoked with it.")
  static let shape = Schema.object(
    [
      "id": .identifier, "deleted": .boolean, "dry_run": .boolean, "members": .integer,
      "subteams": .array(of: .identifier), "grants": .array(of: .identifier),
    ], required: ["id", "deleted"])

  private let team: CompanyTeam
  private let call: TenantCall

  init(of team: CompanyTeam, _ call: TenantCall) {
    self.team = team
    self.call = call
  }

  func work() async throws -> Work {
    let id = Parameter.integer(team.id)
    let row = try await call.read(TeamStatements.dependents(call.tenantParameter, id))[0][0]
    let (subteams, grants) = (try row.integers(0), try row.integers(1))
    let answer = answer(subteams: subteams, grants: grants)
    let held = (
      subteams: asks(Self.moveSubteamsUp) ? [] : subteams,
      grants: asks(Self.revokeGrants) ? [] : grants
    )
    guard held.subteams.isEmpty, held.grants.isEmpty else {
      throw Self.refusal(subteams: held.subteams, grants: held.grants)
    }
    return Work(
      [
        GrantStatements.deleteOfTeam(call.tenantParameter, id),
        TeamStatements.moveUp(call.tenantParameter, id, .integer(team.parent)),
        TeamStatements.deleteMembers(call.tenantParameter, id),
        TeamStatements.delete(call.tenantParameter, id, .integer(team.version)),
      ], answer: answer, before: team.answer, movesVersion: true)
  }

  private func asks(_ member: Member<Bool>) -> Bool {
    call.arguments[optional: member] ?? false
  }

  private static func refusal(subteams: [Int64], grants: [Int64]) -> RPCError {
    var ways: [String] = []
    if !subteams.isEmpty { ways.append("move its sub-teams first, or say move_subteams_up") }
    if !grants.isEmpty { ways.append("revoke its grants first, or say revoke_grants") }
    return RPCError(
      .conflict, "The team can't be deleted as it is: \(ways.joined(separator: "; ")).",
      data: [
        ("subteams", .array(subteams.map { .integer($0) })),
        ("grants", .array(grants.map { .integer($0) })),
      ])
  }

  private func answer(subteams: [Int64], grants: [Int64]) -> RawJSON {
    RawJSON {
      $0.object {
        $0.member("id", team.id)
        $0.member("deleted", !call.isDryRun)
        if call.isDryRun { $0.member("dry_run", true) }
        $0.member("members", team.members.count)
        $0.name("subteams")
        $0.array { for id in subteams { $0.value(id) } }
        $0.name("grants")
        $0.array { for id in grants { $0.value(id) } }
      }
    }
  }
}
