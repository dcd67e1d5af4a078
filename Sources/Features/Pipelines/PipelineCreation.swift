internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `pipeline.create`: from a template or of one's own stages.
struct PipelineCreation {
  private let call: TenantCall
  private let arguments: Arguments

  init(_ call: TenantCall) {
    self.call = call
    arguments = call.arguments
  }

  func work() async throws -> Work {
    let company = call.company
    let template = try template()
    var draft = try draft(template)
    try checkName(draft.name)
    try await PlanRoom.require(.dealPipelines, used: company.activeDealPipelines.count, call)
    try await PlanRoom.require(.stagesPerPipeline, used: 0, adding: draft.stages.count, call)
    let id = try await call.newID(.pipeline)
    let wantsProposals = arguments[optional: PipelineMembers.proposals] ?? true
    var proposals = TemplateProposals()
    if let template {
      if wantsProposals { proposals = try await TemplateProposals(template, for: id, call) }
      draft.stages =
        PipelineDraft(template, fields: proposals.keys(template.kind, in: company)).stages
    }
    draft.responsibleRule = arguments.change(AssignmentMembers.rule).applied(to: nil) ?? .keep
    try await call.requireKnown(draft.responsibleRule)
    for stage in draft.stages { try await call.requireKnown(stage.responsibleRule) }
    let pipeline = draft.made(
      id: id,
      stageIDs: try await call.newIDs(.stage, count: draft.stages.count),
      position: (company.pipelines.map(\.position).max() ?? 0) + 1)
    let limits = company.plan.limits
    return Work(
      pipeline.insertion(tenant: call.tenant, at: call.now) + proposals.statements(call) + [
        PipelineStatements.requireAllowed(call.tenantParameter, .integer(limits.dealPipelines)),
        StageStatements.requireAllowed(
          call.tenantParameter, .integer(pipeline.id), .integer(limits.stagesPerPipeline)),
      ],
      answer: RawJSON {
        pipeline.write(to: &$0, for: call.standing) { writer in
          if template != nil { proposals.write(to: &writer) }
        }
      }, movesVersion: true)
  }

  private func template() throws -> LocalizedPipeline? {
    guard let code = arguments[optional: PipelineMembers.template] else { return nil }
    let language = arguments[optional: PipelineMembers.language] ?? call.company.locale
    guard let template = PipelineTemplate.named(code) else {
      let codes = PipelineTemplate.all.filter { $0.kind == .deal }.map(\.code)
      throw refusal("template", "is unknown; choose one of \(codes.joined(separator: ", "))")
    }
    return template.localized(language)
  }

  private func draft(_ template: LocalizedPipeline?) throws -> PipelineDraft {
    let kind = arguments[optional: PipelineMembers.kind] ?? .deal
    guard kind == .deal else {
      let id = call.company.leadPipeline.map { ", and it is there: pipeline \($0.id)" } ?? ""
      throw refusal("kind", "has to be deal; leads have exactly one pipeline\(id)")
    }
    switch (template, arguments[optional: PipelineMembers.stages]) {
    case (let template?, nil):
      guard template.kind == .deal else {
        throw refusal(
          "template", "is one for leads, which have exactly one pipeline; choose one for deals")
      }
      var draft = PipelineDraft(template, name: arguments[optional: PipelineMembers.name])
      draft.rules = draft.rules.changed(by: arguments)
      return draft
    case (nil, let stages?): return try checked(stages)
    case (.some, .some): throw refusal("stages", "give a template or stages, not both")
    case (nil, nil): throw refusal("stages", "give stages, or a template")
    }
  }

  /// One's own stages, with all that is wrong with them at once.
  private func checked(_ stages: [StageDraft]) throws -> PipelineDraft {
    let name = arguments[optional: PipelineMembers.name]
    var checks = ValueChecks()
    if name == nil { checks.note("name", "is missing") }
    for (index, stage) in stages.enumerated() {
      stage.check(
        at: "stages[\(index)].", for: .deal, fields: call.company.fields, in: &checks)
      let key = ListName.key(stage.name)
      if stages[..<index].contains(where: { ListName.key($0.name) == key }) {
        checks.note("stages[\(index)].name", "stands twice")
      }
      if stage.kind == .won, stages[..<index].contains(where: { $0.kind == .won }) {
        checks.note("stages[\(index)].kind", "is the second won stage; there is exactly one")
      }
      if stage.reopensHere, stages[..<index].contains(where: \.reopensHere) {
        checks.note("stages[\(index)].reopens_here", "is true for another stage already")
      }
    }
    if !stages.contains(where: { $0.kind == .open }) {
      checks.note("stages", "name at least one open stage")
    }
    let draft = PipelineDraft(
      kind: .deal, name: name ?? "", rules: PipelineRules().changed(by: arguments),
      stages: stages, language: call.company.locale)
    // The closing stages that were added have names too.
    for stage in draft.stages
    where stage.kind != .open && !stages.contains(where: { $0.kind == stage.kind }) {
      let key = ListName.key(stage.name)
      if let index = stages.firstIndex(where: { ListName.key($0.name) == key }) {
        checks.note(
          "stages[\(index)].name",
          "is the name of the \(stage.kind.rawValue) stage that is added; name one of that kind")
      }
    }
    try checks.finish()
    return draft
  }

  private func checkName(_ name: String) throws {
    let key = ListName.key(name)
    let isTaken = call.company.pipelines.contains { ListName.key($0.name) == key }
    guard isTaken else { return }
    throw RPCError.conflict("There is a pipeline with this name. Choose another name.")
  }

  private func refusal(_ path: String, _ problem: String) -> RPCError {
    .invalid([FieldProblem(path: path, problem: problem)])
  }
}
