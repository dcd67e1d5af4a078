internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `settings.apply_template`: a company that is there gets what a company template begins with, as far as it
/// does not have it: stages for leads, directions with their pipelines, teams, rights, reasons and last-contact statuses (S1).
///
/// What is there under the template's names is taken as it is. The one thing that goes are the stages with which
/// every company's leads begin, while no lead stands in the pipeline.
struct CompanySetUp {
  private static let template = Member<String>.opaqueText(
    "template", length: 1...64, "What to set up: first_line_and_seniors.")

  private static let secondChance = Member<Bool>.boolean(
    "second_chance",
    "Whether there is a third way out for clients who asked to be contacted later, with a pipeline of its own "
      + "(false); it takes one deal pipeline more.")

  static let method = Method(
    "settings.apply_template",
    "Sets up what a company template begins with: stages for leads, pipelines, teams and rights.",
    details:
      "Adds what is missing and leaves what is there under the template's names as it is; the stages "
      + "with which every company's leads begin go where no lead is there yet. In one transaction. "
      + "`made` is false for what was there. `if_version` as for pipeline.reorder.",
    takes: [.required(template), .optional(secondChance)],
    gives: .object(
      [
        "template": .string, "dry_run": .boolean, "stages_added": .array(of: .string),
        "stages_removed": .array(of: .string), "pipelines": .array(of: part),
        "teams": .array(of: part), "grants": .integer, "reasons": .integer,
        "contact_statuses": .integer, "fields": .array(of: .string), "version": .integer,
      ],
      required: [
        "template", "stages_added", "stages_removed", "pipelines", "teams", "grants", "reasons",
      ]),
    errors: [.invalid, .planLimit], traits: [.versioned, .dryRun],
    .write(.admin) { call in try await CompanySetUp(call).work() })

  private static let part = Schema.object(
    ["id": Schema.identifier.nullable, "name": .string, "made": .boolean],
    required: ["id", "name", "made"])

  private let call: TenantCall

  private init(_ call: TenantCall) {
    self.call = call
  }

  private func work() async throws -> Work {
    try call.requireVersion(call.company.version)
    let template = try template()
    let rows = try await call.read(
      TeamStatements.list(call.tenantParameter, .null),
      GrantStatements.list(call.tenantParameter, .null))
    let teams = try await teams(template, there: rows[0].map { try CompanyTeam($0) })
    let directions = try await directions(template, teams)
    let stages = try await LeadStagesSetUp(
      template.leads, TemplateTransfers(pipelines: directions.pipelines, team: nil), call)
    let grants = try await grants(
      template, directions, teams, there: rows[1].map { try AccessGrant($0).grant })
    let reasons = try await reasons(template)
    let statuses = try await [ContactStatus].missing(
      of: template.contactStatuses.map { $0.localized(call.company.locale) }, call)
    let statements =
      (stages?.statements ?? []) + directions.statements(call) + teams.statements(call) + grants
      + reasons.statements
      + (statuses.isEmpty ? [] : [statuses.insertion(tenant: call.tenant)])
    let answer = RawJSON {
      $0.object {
        $0.member("template", template.code)
        if call.isDryRun { $0.member("dry_run", true) }
        $0.member("stages_added", stages?.added ?? [])
        $0.member("stages_removed", stages?.removed ?? [])
        $0.name("pipelines")
        directions.write(to: &$0, withIDs: !call.isDryRun)
        $0.name("teams")
        teams.write(to: &$0, withIDs: !call.isDryRun)
        $0.member("grants", grants.count)
        $0.member("reasons", reasons.count)
        $0.member("contact_statuses", statuses.count)
        $0.member("fields", directions.fields)
        $0.member(
          "version", call.company.version + (statements.isEmpty || call.isDryRun ? 0 : 1))
      }
    }
    if call.isDryRun || statements.isEmpty { return .nothing(answer) }
    let limits = call.company.plan.limits
    return Work(
      statements + [
        PipelineStatements.requireAllowed(call.tenantParameter, .integer(limits.dealPipelines))
      ], answer: answer, before: before, movesVersion: true)
  }

  /// What was there, for the audit.
  private var before: RawJSON {
    RawJSON {
      $0.object {
        $0.name("pipelines")
        $0.array {
          for pipeline in call.company.pipelines { pipeline.write(to: &$0, for: call.standing) }
        }
      }
    }
  }

  private func template() throws(RPCError) -> TenantTemplate {
    let known = TenantTemplate.all.filter { !$0.directions.isEmpty }
    let code = call.arguments[Self.template]
    if let template = known.first(where: { $0.code == code }) {
      guard call.arguments[optional: Self.secondChance] == true else { return template }
      if let template = template.offeringSecondChance { return template }
      throw .invalid([
        FieldProblem(path: "second_chance", problem: "is nothing that this template has")
      ])
    }
    throw .invalid([
      FieldProblem(
        path: "template",
        problem: "has to be one of \(known.map(\.code).joined(separator: ", "))")
    ])
  }

  // MARK: - Its parts

  private func directions(
    _ template: TenantTemplate, _ teams: TeamsSetUp
  ) async throws -> DirectionsSetUp {
    let company = call.company
    var setUp = DirectionsSetUp()
    var position = company.pipelines.map(\.position).max() ?? 0
    var missing: [DirectionTemplate] = []
    for direction in template.directions {
      let name = direction.name[company.locale]
      let there = company.pipelines.first {
        $0.kind == .deal && $0.name.lowercased() == name.lowercased()
      }
      if let there {
        setUp.append(direction.code, there, isMade: false)
      } else {
        missing.append(direction)
      }
    }
    if !missing.isEmpty {
      try await PlanRoom.require(
        .dealPipelines, used: company.activeDealPipelines.count, adding: missing.count, call)
    }
    for direction in missing {
      let id = try await call.newID(.pipeline)
      let pipeline = direction.pipeline.localized(company.locale)
      // The reasons are the company template's own.
      let proposals = try await TemplateProposals(fieldsOf: pipeline, for: id, call)
      let draft = PipelineDraft(
        pipeline, name: direction.name[company.locale],
        fields: proposals.keys(pipeline.kind, in: company)
      ).choosing(
        TemplateTransfers(
          pipelines: [:], team: template.team(of: direction.code).flatMap { teams[$0] }))
      try await PlanRoom.require(.stagesPerPipeline, used: 0, adding: draft.stages.count, call)
      position += 1
      setUp.append(
        direction.code,
        draft.made(
          id: id, stageIDs: try await call.newIDs(.stage, count: draft.stages.count),
          position: position), isMade: true, with: proposals)
    }
    return setUp
  }

  private func teams(
    _ template: TenantTemplate, there: [CompanyTeam]
  ) async throws -> TeamsSetUp {
    var setUp = TeamsSetUp()
    for team in template.teams {
      let name = team.name[call.company.locale]
      let known = there.first { $0.parent == nil && $0.name.lowercased() == name.lowercased() }
      if let known {
        setUp.append(team.code, known, isMade: false)
      } else {
        let made = CompanyTeam(
          id: try await call.newID(.team), name: name, kind: team.kind, parent: nil)
        setUp.append(team.code, made, isMade: true)
      }
    }
    return setUp
  }

  private func grants(
    _ template: TenantTemplate, _ directions: DirectionsSetUp, _ teams: TeamsSetUp,
    there: [Grant]
  ) async throws -> [BoundStatement] {
    var statements: [BoundStatement] = []
    for grant in template.grants {
      let pipeline = grant.direction.map { directions[$0] } ?? call.company.leadPipeline?.id
      guard let pipeline, let team = teams[grant.team] else { continue }
      let isThere = there.contains { $0.pipeline == pipeline && $0.recipient == .team(team) }
      guard !isThere else { continue }
      statements.append(
        GrantStatements.insert(
          call.tenantParameter, .integer(try await call.newID(.grant)), .integer(pipeline), .null,
          .integer(team), .strings(Action.allCases.filter(grant.actions.contains).map(\.rawValue)),
          .text(grant.cards.rawValue), .text(grant.outcome.rawValue), .null,
          .integer(call.standing.user), .timestamp(call.now)))
    }
    return statements
  }

  private func reasons(
    _ template: TenantTemplate
  ) async throws -> (statements: [BoundStatement], count: Int) {
    let missing = template.reasons.map { $0.localized(call.company.locale) }.filter { proposed in
      !call.company.reasons.contains {
        $0.kind == proposed.kind && $0.name.lowercased() == proposed.name.lowercased()
      }
    }
    guard !missing.isEmpty else { return ([], 0) }
    let ids = try await call.newIDs(.reason, count: missing.count)
    let made = zip(missing, ids).map { $0.made(id: $1) }
    return ([made.insertion(tenant: call.tenant)], missing.count)
  }
}
