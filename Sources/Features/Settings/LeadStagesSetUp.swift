internal import JSONRPC
internal import Postgres
internal import SalesRules

/// The stages that a template gives to the company's leads.
///
/// Missing ones are added. Those with which every company begins go where no card stands in the pipeline; then
/// the template's order is taken too. Else new stages come behind the open ones that are there.
struct LeadStagesSetUp {
  /// The names of the new ones.
  let added: [String]
  /// The names of those that go.
  let removed: [String]
  /// What does it.
  let statements: [BoundStatement]

  /// Nil where the company has no pipeline for leads.
  init?(
    _ template: PipelineTemplate, _ transfers: TemplateTransfers, _ call: TenantCall
  ) async throws {
    guard let pipeline = call.company.leadPipeline else { return nil }
    let id = Parameter.integer(pipeline.id)
    let counts = try await call.read(
      StageStatements.countCardsByStage(call.tenantParameter, id))[0]
    let isUntouched = counts.isEmpty
    let wanted = template.localized(call.company.locale).stages.filter { $0.kind == .open }
    let open = pipeline.stages.filter { $0.kind == .open }
    let usual = TenantTemplate.none.leads.localized(call.company.locale).stages.map {
      ListName.key($0.name)
    }
    let keys = wanted.map { ListName.key($0.name) }
    let going =
      isUntouched
      ? open.filter { stage in
        let key = ListName.key(stage.name)
        return usual.contains(key) && !keys.contains(key)
      } : []
    let there = pipeline.stages.map { ListName.key($0.name) }
    let missing = wanted.filter { stage in !there.contains(ListName.key(stage.name)) }
    added = missing.map(\.name)
    removed = going.map(\.name)
    guard !missing.isEmpty || !going.isEmpty else {
      statements = []
      return
    }
    let left = pipeline.stages.count - going.count
    try await PlanRoom.require(.stagesPerPipeline, used: left, adding: missing.count, call)
    let ids = try await call.newIDs(.stage, count: missing.count)
    let made = zip(missing, ids).map {
      StageDraft($0).transferring(by: transfers).made(
        id: $1, pipeline: pipeline.id, position: 0)
    }
    let staying = open.filter { stage in !going.contains { $0.id == stage.id } }
    let order = Self.order(
      keys, staying: staying, made: made, isTemplates: isUntouched)
    let stages = (order + pipeline.stages.filter { $0.kind != .open }).numbered
    let new = stages.filter { stage in made.contains { $0.id == stage.id } }
    let removal = going.flatMap { Self.removal(of: $0, call) }
    let limit = call.company.plan.limits.stagesPerPipeline
    let further: [BoundStatement] = [
      stages.placement(tenant: call.tenant, pipeline: pipeline.id),
      new.insertion(tenant: call.tenant, pipeline: pipeline.id),
      StageStatements.requireAllowed(call.tenantParameter, id, .integer(limit)),
    ]
    let touch = PipelineStatements.touch(call.tenantParameter, id, .integer(pipeline.version))
    statements = pipeline.keepingDesign([touch] + removal + further, call)
  }

  /// The open stages in their order: the template's, or the old ones before the new.
  private static func order(
    _ keys: [String], staying: [Stage], made: [Stage], isTemplates: Bool
  ) -> [Stage] {
    let all = staying + made
    guard isTemplates else { return all }
    let wanted = keys.compactMap { key in all.first { ListName.key($0.name) == key } }
    let own = staying.filter { !keys.contains(ListName.key($0.name)) }
    return wanted + own
  }

  /// A stage goes; where a card has come meanwhile, all is decided anew.
  private static func removal(of stage: Stage, _ call: TenantCall) -> [BoundStatement] {
    let key: [Parameter] = [call.tenantParameter, .integer(stage.id)]
    return [
      StageStatements.lock.bind(key + [.integer(stage.version)]),
      StageStatements.lockCards.bind(key + [.integer(0)]),
      StageStatements.delete.bind(key),
    ]
  }
}
