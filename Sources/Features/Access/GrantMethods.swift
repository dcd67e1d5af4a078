internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `grant.*`: who may do what on which pipeline.
enum GrantMethods {
  static let all = [give, revoke, list]

  private static let shape = Schema.object(
    [
      "id": .identifier, "pipeline": .identifier, "to": .anyObject,
      "actions": .array(of: .choice(Action.allCases.map(\.rawValue))),
      "cards": .choice(CardScope.allCases.map(\.rawValue)),
      "outcome": .choice(OutcomeScope.allCases.map(\.rawValue)),
      "stages": Schema.array(of: .identifier).nullable, "version": .integer,
    ], required: ["id", "pipeline", "to", "actions", "cards", "outcome", "stages", "version"])

  private static let give = Method(
    "grant.give", "Gives a right on a pipeline; giving again to the same subject replaces.",
    details:
      "Admins give everything to everybody. The lead of a team gives to that team, the teams below "
      + "and their people, on pipelines they know, and adds nothing that they do not hold by grants "
      + "themselves; what is there may be narrowed. What is done to cards (edit, move, close, assign, "
      + "delete, export) holds on those that this or another grant lets one view.",
    takes: GrantMembers.all, gives: shape, errors: [.notFound, .invalid], traits: .versioned,
    .write(.member) { call in
      let scene = try await AccessScene(call)
      var grant = try await GrantDraft.read(call.arguments, call)
      try scene.requireMayGive(grant)
      let words: [Parameter] = [
        .strings(Action.allCases.filter(grant.actions.contains).map(\.rawValue)),
        .text(grant.cards.rawValue), .text(grant.outcome.rawValue),
        grant.stages.map { .integers($0.sorted()) } ?? .null,
      ]
      let giver = Parameter.integer(call.standing.user)
      guard let present = scene.present(for: grant) else {
        try call.requireVersion(0)
        grant.id = try await call.newID(.grant)
        let key: [Parameter] = [
          call.tenantParameter, .integer(grant.id), .integer(grant.pipeline),
          .integer(grant.recipient.subject == .user ? grant.recipient.id : nil),
          .integer(grant.recipient.subject == .team ? grant.recipient.id : nil),
        ]
        let insert = GrantStatements.insert.bind(key + words + [giver, .timestamp(call.now)])
        return Work(
          scene.door + [insert], answer: AccessGrant(grant: grant, version: 1).answer,
          movesVersion: true)
      }
      try call.requireVersion(present.version)
      grant.id = present.grant.id
      guard grant != present.grant else { return .nothing(present.answer) }
      let update = GrantStatements.update.bind(
        [call.tenantParameter, .integer(grant.id)] + words + [giver, .integer(present.version)])
      return Work(
        scene.door + [update],
        answer: AccessGrant(grant: grant, version: present.version + 1).answer,
        before: present.answer, movesVersion: true)
    })

  private static let revoke = Method(
    "grant.revoke", "Takes a grant back: what it gave ends at once.",
    details: "Leads take back what was given to their teams, the teams below and their people.",
    takes: [.required(CommonMembers.id)],
    gives: .object(
      ["id": .identifier, "revoked": .boolean, "dry_run": .boolean], required: ["id", "revoked"]),
    errors: [.notFound], traits: [.versioned, .dryRun],
    .write(.member) { call in
      let scene = try await AccessScene(call)
      let present = try scene.find(call.arguments[CommonMembers.id])
      try call.requireVersion(present.version)
      let answer = RawJSON {
        $0.object {
          $0.member("id", present.grant.id)
          $0.member("revoked", !call.isDryRun)
          if call.isDryRun { $0.member("dry_run", true) }
        }
      }
      let delete = GrantStatements.delete(
        call.tenantParameter, .integer(present.grant.id), .integer(present.version))
      return Work(
        scene.door + [delete], answer: answer, before: present.answer, movesVersion: true)
    })

  private static let list = Method(
    "grant.list", "The grants of a pipeline, or of all, by id.",
    details: "Leads see those to their teams, the teams below and their people.",
    takes: [.optional(GrantMembers.pipeline)] + CommonMembers.page, gives: Shapes.page(of: shape),
    errors: [.notFound],
    .read(.member) { call in
      let scene = try await AccessScene(call)
      let page = try Page(call)
      let pipeline = try call.arguments[optional: GrantMembers.pipeline].map(call.pipelineKnown)
      let wanted = scene.grants.filter {
        scene.manages($0.grant) && (pipeline == nil || $0.grant.pipeline == pipeline?.id)
      }
      let grants = try page.following(wanted, id: \.grant.id)
      return page.result(grants, key: { String($0.grant.id) }) { $0.write(to: &$1) }
    })
}
