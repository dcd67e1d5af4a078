internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `grant.*`: who may do what on which pipeline.
enum GrantMethods {
  static let all = [give, revoke, list]

  private static let pipeline = Member<Int64>.identifier("pipeline", "The pipeline's id.")
  private static let user = Member<Int64>.identifier("user", "A user's id.")
  private static let team = Member<Int64>.identifier("team", "A team's id.")
  private static let everyone = Member<Bool>.boolean("everyone", "true: everybody of the company.")
  private static let to = Member<Arguments>.exactlyOne(
    "to", of: [.optional(user), .optional(team), .optional(everyone)], "Whom it is given to.")
  private static let actions = Member<[Action]>.array(
    "actions", of: .choice("action", "An action."), count: 1...9, "What it allows.")
  private static let cards = Member<CardScope>.choice(
    "cards", "On whose cards: own (the default), team, subteams or all.")
  private static let outcome = Member<OutcomeScope>.choice(
    "outcome", "On which cards: any (the default), open, won or lost.")

  private static let shape = Schema.object(
    [
      "id": .identifier, "pipeline": .identifier, "to": .anyObject,
      "actions": .array(of: .choice(Action.allCases.map(\.rawValue))),
      "cards": .choice(CardScope.allCases.map(\.rawValue)),
      "outcome": .choice(OutcomeScope.allCases.map(\.rawValue)), "version": .integer,
    ], required: ["id", "pipeline", "to", "actions", "cards", "outcome", "version"])

  private static let give = Method(
    "grant.give", "Gives a right on a pipeline; giving again to the same subject replaces.",
    takes: [
      .required(pipeline), .required(to), .required(actions), .optional(cards),
      .optional(outcome),
    ], gives: shape, errors: [.notFound, .invalid], traits: .versioned,
    .write(.admin) { call in
      let pipeline = call.arguments[pipeline]
      guard call.company.pipeline(pipeline) != nil else {
        throw RPCError.notFound(what: "pipeline")
      }
      var grant = Grant(
        id: 0, pipeline: pipeline, recipient: try await recipient(call),
        actions: Set(call.arguments[actions]), cards: call.arguments[optional: cards] ?? .own,
        outcome: call.arguments[optional: outcome] ?? .any)
      let subject: [Parameter] = [
        .integer(grant.recipient.subject == .user ? grant.recipient.id : nil),
        .integer(grant.recipient.subject == .team ? grant.recipient.id : nil),
      ]
      let key: [Parameter] = [call.tenantParameter, .integer(pipeline)]
      let rows = try await call.read(GrantStatements.find.bind(key + subject))
      let words: [Parameter] = [
        .strings(Action.allCases.filter(grant.actions.contains).map(\.rawValue)),
        .text(grant.cards.rawValue), .text(grant.outcome.rawValue),
      ]
      let giver = Parameter.integer(call.standing.user)
      guard let row = rows[0].first else {
        try call.requireVersion(0)
        grant.id = try await call.newID(.grant)
        let insert = GrantStatements.insert.bind(
          [call.tenantParameter, .integer(grant.id), .integer(pipeline)] + subject + words + [
            giver, .timestamp(call.now),
          ])
        return Work(
          [insert], answer: AccessGrant(grant: grant, version: 1).answer, movesVersion: true)
      }
      let present = try AccessGrant(row)
      try call.requireVersion(present.version)
      grant.id = present.grant.id
      guard grant != present.grant else { return .nothing(present.answer) }
      let update = GrantStatements.update.bind(
        [call.tenantParameter, .integer(grant.id)] + words + [giver, .integer(present.version)])
      return Work(
        [update], answer: AccessGrant(grant: grant, version: present.version + 1).answer,
        movesVersion: true)
    })

  private static let revoke = Method(
    "grant.revoke", "Takes a grant back: what it gave ends at once.",
    takes: [.required(CommonMembers.id)],
    gives: .object(
      ["id": .identifier, "revoked": .boolean, "dry_run": .boolean], required: ["id", "revoked"]),
    errors: [.notFound], traits: [.versioned, .dryRun],
    .write(.admin) { call in
      let id = Parameter.integer(call.arguments[CommonMembers.id])
      let rows = try await call.read(GrantStatements.get(call.tenantParameter, id))
      guard let row = rows[0].first else { throw RPCError.notFound(what: "grant") }
      let present = try AccessGrant(row)
      try call.requireVersion(present.version)
      let answer = RawJSON {
        $0.object {
          $0.member("id", present.grant.id)
          $0.member("revoked", !call.isDryRun)
          if call.isDryRun { $0.member("dry_run", true) }
        }
      }
      if call.isDryRun { return .nothing(answer) }
      return Work(
        [GrantStatements.delete(call.tenantParameter, id, .integer(present.version))],
        answer: answer, movesVersion: true)
    })

  private static let list = Method(
    "grant.list", "The grants of a pipeline, or of all, by id.",
    takes: [.optional(pipeline)] + CommonMembers.page, gives: Shapes.page(of: shape),
    errors: [.notFound],
    .read(.admin) { call in
      let page = try Page(call)
      let pipeline = call.arguments[optional: pipeline]
      if let pipeline, call.company.pipeline(pipeline) == nil {
        throw RPCError.notFound(what: "pipeline")
      }
      let rows = try await call.read(
        GrantStatements.list(call.tenantParameter, .integer(pipeline)))
      let grants = try page.following(rows[0].map(AccessGrant.init), id: \.grant.id)
      return page.result(grants, key: { String($0.grant.id) }) { $0.write(to: &$1) }
    })

  private static func recipient(_ call: TenantCall) async throws -> GrantRecipient {
    let to = call.arguments[to]
    if let id = to[optional: user] {
      guard try await call.standing(of: id) != nil else { throw RPCError.notFound(what: "user") }
      return .user(id)
    }
    if let id = to[optional: team] {
      let rows = try await call.read(TeamStatements.get(call.tenantParameter, .integer(id)))
      guard !rows[0].isEmpty else { throw RPCError.notFound(what: "team") }
      return .team(id)
    }
    guard to[optional: everyone] == true else {
      throw RPCError.invalidParams([
        FieldProblem(path: "to", problem: "has to name a user, a team, or everyone as true")
      ])
    }
    return .everyone
  }
}
