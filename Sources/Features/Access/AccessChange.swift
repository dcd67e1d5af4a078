internal import JSONRPC
internal import Postgres
internal import SalesRules

/// A change of grants or teams that `access.preview` is asked about: what would stand afterwards.
struct AccessChange {
  static let give = Member<Arguments>.object(
    "give", GrantMembers.all, "A grant given or changed: the params of grant.give.")
  static let revoke = Member<Int64>.identifier("revoke", "A grant taken back, by id.")
  static let addMember = membership("add_member", "Somebody who would come into a team.")
  static let removeMember = membership("remove_member", "Somebody who would leave a team.")
  static let members: [MemberDeclaration] = [
    .optional(give), .optional(revoke), .optional(addMember), .optional(removeMember),
  ]

  private static func membership(_ name: String, _ summary: String) -> Member<Arguments> {
    .object(name, [.required(GrantMembers.team), .required(GrantMembers.user)], summary)
  }

  /// The grants afterwards.
  var grants: [Grant]
  /// The teams afterwards.
  var teams: [Team]
  /// The pipelines it is about.
  let pipelines: Set<Int64>

  /// Reads the one change of a request.
  init(_ call: TenantCall, _ scene: AccessScene) async throws {
    grants = scene.grants.map(\.grant)
    teams = scene.teams.map(\.rightsTeam)
    let arguments = call.arguments
    let known = Set(call.company.pipelines.map(\.id).filter(call.standing.knows))
    let given = Self.members.filter { arguments.has($0.name) }
    guard given.count == 1 else {
      throw RPCError.invalidParams([
        FieldProblem(
          path: "", problem: "exactly one of give, revoke, add_member and remove_member is needed")
      ])
    }
    if let give = arguments[optional: Self.give] {
      let grant = try await GrantDraft.read(give, call)
      try scene.requireMayGive(grant)
      grants.removeAll { $0.pipeline == grant.pipeline && $0.recipient == grant.recipient }
      grants.append(grant)
      pipelines = [grant.pipeline]
    } else if let id = arguments[optional: Self.revoke] {
      let present = try scene.find(id).grant
      grants.removeAll { $0.id == id }
      pipelines = [present.pipeline]
    } else if let member = arguments[optional: Self.addMember] {
      let (index, user) = try await Self.find(member, scene, call)
      teams[index].members.insert(user)
      pipelines = known
    } else if let member = arguments[optional: Self.removeMember] {
      let (index, user) = try await Self.find(member, scene, call)
      teams[index].members.remove(user)
      teams[index].leads.remove(user)
      pipelines = known
    } else {
      pipelines = []
    }
  }

  private static func find(
    _ arguments: Arguments, _ scene: AccessScene, _ call: TenantCall
  ) async throws -> (team: Int, user: Int64) {
    let (team, user) = (arguments[GrantMembers.team], arguments[GrantMembers.user])
    guard let index = scene.teams.firstIndex(where: { $0.id == team }), scene.manages(team: team)
    else { throw RPCError.notFound(what: "team") }
    try await UserSight.require(user, call)
    return (index, user)
  }
}
