internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `team.*`: teams in a tree, and who belongs to them.
enum TeamMethods {
  static let all = [create, list, get, update, delete, addMember, removeMember, setLead]

  private static let name = Member<String>.text("name", "The team's name.")
  private static let kind = Member<TeamKind>.choice("kind", "first_line, senior or other.")
  private static let parent = Member<Int64>.identifier("parent", "The team above it, by id.")
  private static let team = Member<Int64>.identifier("team", "The team's id.")
  private static let user = Member<Int64>.identifier("user", "The user's id.")
  private static let lead = Member<Bool>.boolean("lead", "Whether the user leads the team.")

  private static let shape = Schema.object(
    [
      "id": .identifier, "name": .string, "kind": .choice(TeamKind.allCases.map(\.rawValue)),
      "parent": Schema.identifier.nullable, "members": .array(of: .identifier),
      "leads": .array(of: .identifier), "version": .integer,
    ], required: ["id", "name", "kind", "version"])

  private static let create = Method(
    "team.create", "Adds a team.",
    takes: [.required(name), .required(kind), .optional(parent)], gives: shape,
    errors: [.notFound],
    .write(.admin) { call in
      let parent = call.arguments[optional: parent]
      if let parent { _ = try await find(parent, call) }
      let made = CompanyTeam(
        id: try await call.newID(.team), name: call.arguments[name], kind: call.arguments[kind],
        parent: parent)
      return Work(
        [
          TeamStatements.insert(
            call.tenantParameter, .integer(made.id), .text(made.name),
            .text(made.kind.rawValue), .integer(parent), .timestamp(call.now))
        ], answer: made.answer, movesVersion: true)
    })

  private static let list = Method(
    "team.list", "The company's teams; for members those that they have to do with.",
    takes: CommonMembers.page, gives: Shapes.page(of: shape),
    .read(.member) { call in
      let page = try Page(call.arguments)
      var only = Parameter.null
      if !call.standing.holdsEverything { only = .integers(try await known(call)) }
      let rows = try await call.read(TeamStatements.list(call.tenantParameter, only))
      let teams = try page.following(rows[0].map(CompanyTeam.init), id: \.id)
      return page.result(teams, key: { String($0.id) }) { $0.write(to: &$1) }
    })

  private static let get = Method(
    "team.get", "One team.", takes: [.required(CommonMembers.id)], gives: shape,
    errors: [.notFound],
    .read(.member) { call in
      let id = call.arguments[CommonMembers.id]
      if !call.standing.holdsEverything, try await !known(call).contains(id) {
        throw RPCError.notFound(what: "team")
      }
      return try await find(id, call).answer
    })

  private static let update = Method(
    "team.update", "Changes a team's name, kind or place in the tree.",
    takes: [
      .required(CommonMembers.id), .optional(name), .optional(kind), .clearable(parent),
    ], gives: shape, errors: [.notFound, .invalid], traits: .versioned,
    .write(.admin) { call in
      var changed = try await find(call.arguments[CommonMembers.id], call)
      if let name = call.arguments[optional: name] { changed.name = name }
      if let kind = call.arguments[optional: kind] { changed.kind = kind }
      if case .set(let above) = call.arguments.change(parent) {
        try await requireNoCycle(changed.id, under: above, call)
      }
      changed.parent = call.arguments.change(parent).applied(to: changed.parent)
      return try change(changed, call)
    })

  private static let delete = Method(
    "team.delete", "Deletes a team that has no team below it and no grant.",
    takes: [.required(CommonMembers.id)],
    gives: .object(["id": .identifier, "deleted": .boolean], required: ["id", "deleted"]),
    errors: [.notFound, .invalid], traits: [.versioned, .dryRun],
    .write(.admin) { call in
      let team = try await find(call.arguments[CommonMembers.id], call)
      try call.requireVersion(team.version)
      let id = Parameter.integer(team.id)
      let row = try await call.read(TeamStatements.dependents(call.tenantParameter, id))[0][0]
      let (below, grants) = (try row.integer(0), try row.integer(1))
      guard below == 0, grants == 0 else {
        throw RPCError.invalid([
          FieldProblem(
            path: "id",
            problem: "has \(below) teams below it and \(grants) grants; move or revoke them first")
        ])
      }
      let answer = RawJSON {
        $0.object {
          $0.member("id", team.id)
          $0.member("deleted", !call.isDryRun)
          $0.member("members", team.members.count)
        }
      }
      if call.isDryRun { return .nothing(answer) }
      return Work(
        [
          TeamStatements.deleteMembers(call.tenantParameter, id),
          TeamStatements.delete(call.tenantParameter, id, .integer(team.version)),
        ], answer: answer, movesVersion: true)
    })

  private static let addMember = membership(
    "team.add_member", "Adds a person to a team.", takes: []
  ) { call, team, user in
    team.members = Array(Set(team.members + [user])).sorted()
    return TeamStatements.addMember(
      call.tenantParameter, .integer(team.id), .integer(user), false)
  }

  private static let removeMember = membership(
    "team.remove_member", "Takes a person out of a team.", takes: []
  ) { call, team, user in
    team.members.removeAll { $0 == user }
    team.leads.removeAll { $0 == user }
    return TeamStatements.removeMember(
      call.tenantParameter, .integer(team.id), .integer(user))
  }

  private static let setLead = membership(
    "team.set_lead", "Makes a person a lead of a team, or no longer. A lead belongs to the team.",
    takes: [.required(lead)]
  ) { call, team, user in
    team.members = Array(Set(team.members + [user])).sorted()
    team.leads.removeAll { $0 == user }
    if call.arguments[lead] { team.leads = (team.leads + [user]).sorted() }
    return TeamStatements.setLead(
      call.tenantParameter, .integer(team.id), .integer(user), .bool(call.arguments[lead]))
  }

  // MARK: - What several of them do

  private static func membership(
    _ name: String, _ summary: String, takes further: [MemberDeclaration],
    _ change: @escaping @Sendable (TenantCall, inout CompanyTeam, Int64) -> BoundStatement
  ) -> Method {
    Method(
      name, summary, takes: [.required(team), .required(user)] + further, gives: shape,
      errors: [.notFound],
      .write(.admin) { call in
        var team = try await find(call.arguments[team], call)
        let user = call.arguments[user]
        guard try await call.standing(of: user) != nil else {
          throw RPCError.notFound(what: "user")
        }
        let statement = change(call, &team, user)
        team.version += 1
        let touch = TeamStatements.update(
          call.tenantParameter, .integer(team.id), .text(team.name), .text(team.kind.rawValue),
          .integer(team.parent), .integer(team.version - 1))
        return Work([statement, touch], answer: team.answer, movesVersion: true)
      })
  }

  private static func find(_ id: Int64, _ call: TenantCall) async throws -> CompanyTeam {
    let rows = try await call.read(TeamStatements.get(call.tenantParameter, .integer(id)))
    guard let row = rows[0].first else { throw RPCError.notFound(what: "team") }
    return try CompanyTeam(row)
  }

  private static func known(_ call: TenantCall) async throws -> [Int64] {
    let rows = try await call.read(
      TeamStatements.known(
        call.tenantParameter, .integer(call.standing.user),
        call.standing.rights.parameters.pipelines))
    return try rows[0].map { try $0.integer(0) }
  }

  private static func change(_ team: CompanyTeam, _ call: TenantCall) throws -> Work {
    try call.requireVersion(team.version)
    var after = team
    after.version += 1
    return Work(
      [
        TeamStatements.update(
          call.tenantParameter, .integer(team.id), .text(team.name), .text(team.kind.rawValue),
          .integer(team.parent), .integer(team.version))
      ], answer: after.answer, movesVersion: true)
  }

  /// A team is never below itself. The version's move keeps two changes from making a cycle together.
  private static func requireNoCycle(
    _ team: Int64, under parent: Int64, _ call: TenantCall
  ) async throws {
    let rows = try await call.read(TeamStatements.list(call.tenantParameter, .null))
    let teams = Teams(try rows[0].map { try CompanyTeam($0).rightsTeam })
    guard try rows[0].contains(where: { try $0.integer(0) == parent }) else {
      throw RPCError.notFound(what: "team")
    }
    guard !teams.withSubteams([team]).contains(parent) else {
      throw RPCError.invalid([
        FieldProblem(path: "parent", problem: "is the team itself or stands below it")
      ])
    }
  }
}
