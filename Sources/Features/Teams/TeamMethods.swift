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
      if let parent { _ = try await TeamSight.find(parent, call) }
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
      let page = try Page(call)
      var only = Parameter.null
      if !call.standing.holdsEverything { only = .integers(try await TeamSight.known(call)) }
      let rows = try await call.read(TeamStatements.list(call.tenantParameter, only))
      let teams = try page.following(rows[0].map(CompanyTeam.init), id: \.id)
      return page.result(teams, key: { String($0.id) }) { $0.write(to: &$1) }
    })

  private static let get = Method(
    "team.get", "One team.", takes: [.required(CommonMembers.id)], gives: shape,
    errors: [.notFound],
    .read(.member) { call in
      try await TeamSight.find(call.arguments[CommonMembers.id], call).answer
    })

  private static let update = Method(
    "team.update", "Changes a team's name, kind or place in the tree.",
    takes: [
      .required(CommonMembers.id), .optional(name), .optional(kind), .clearable(parent),
    ], gives: shape, errors: [.notFound, .invalid], traits: .versioned,
    .write(.admin) { call in
      let present = try await TeamSight.find(call.arguments[CommonMembers.id], call)
      try call.requireVersion(present.version)
      var changed = present
      if let name = call.arguments[optional: name] { changed.name = name }
      if let kind = call.arguments[optional: kind] { changed.kind = kind }
      if case .set(let above) = call.arguments.change(parent) {
        try await requireNoCycle(changed.id, under: above, call)
      }
      changed.parent = call.arguments.change(parent).applied(to: changed.parent)
      return Work.update(present, to: changed, answer: \.answer) { change($0, call) }
    })

  private static let delete = Method(
    "team.delete", "Deletes a team; its people stay.",
    details:
      "While it has sub-teams or grants it is refused (conflict), naming them in `subteams` and "
      + "`grants`, unless it is said what becomes of them.",
    takes: [
      .required(CommonMembers.id), .optional(TeamDeletion.moveSubteamsUp),
      .optional(TeamDeletion.revokeGrants),
    ], gives: TeamDeletion.shape, errors: [.notFound], traits: [.versioned, .dryRun],
    .write(.admin) { call in
      let team = try await TeamSight.find(call.arguments[CommonMembers.id], call)
      try call.requireVersion(team.version)
      return try await TeamDeletion(of: team, call).work()
    })

  private static let addMember = membership(
    "team.add_member", "Adds a person to a team. Who belongs to it already stays as they are.",
    takes: []
  ) { team, user, _ in
    team.members.formUnion([user])
  }

  private static let removeMember = membership(
    "team.remove_member", "Takes a person out of a team.", takes: []
  ) { team, user, _ in
    team.members.remove(user)
    team.leads.remove(user)
  }

  private static let setLead = membership(
    "team.set_lead", "Makes a person a lead of a team, or no longer. A lead belongs to the team.",
    takes: [.required(lead)]
  ) { team, user, arguments in
    guard arguments[lead] else {
      team.leads.remove(user)
      return
    }
    team.members.insert(user)
    team.leads.insert(user)
  }

  // MARK: - What several of them do

  private static func membership(
    _ name: String, _ summary: String, takes further: [MemberDeclaration],
    _ change: @escaping @Sendable (inout CompanyTeam, Int64, Arguments) -> Void
  ) -> Method {
    Method(
      name, summary, takes: [.required(team), .required(user)] + further, gives: shape,
      errors: [.notFound], traits: .versioned,
      .write(.admin) { call in
        let team = try await TeamSight.find(call.arguments[team], call)
        try call.requireVersion(team.version)
        let user = call.arguments[user]
        guard try await call.standing(of: user) != nil else {
          throw RPCError.notFound(what: "user")
        }
        var after = team
        change(&after, user, call.arguments)
        let key: [Parameter] = [call.tenantParameter, .integer(team.id), .integer(user)]
        let statement =
          after.members.contains(user)
          ? TeamStatements.place.bind(key + [.bool(after.leads.contains(user))])
          : TeamStatements.removeMember.bind(key)
        return Work.update(team, to: after, answer: \.answer) {
          self.change($0, call, [statement])
        }
      })
  }

  private static func change(
    _ team: CompanyTeam, _ call: TenantCall, _ further: [BoundStatement] = []
  ) -> Work {
    var after = team
    after.version += 1
    let update = TeamStatements.update(
      call.tenantParameter, .integer(team.id), .text(team.name), .text(team.kind.rawValue),
      .integer(team.parent), .integer(team.version))
    return Work([update] + further, answer: after.answer, movesVersion: true)
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
