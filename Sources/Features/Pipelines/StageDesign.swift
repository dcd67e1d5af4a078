internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `stage.create` and `stage.update`: changes that leave every card where it is.
struct StageDesign {
  private let call: TenantCall
  private let arguments: Arguments

  init(_ call: TenantCall) {
    self.call = call
    arguments = call.arguments
  }

  // MARK: - A new stage

  func create() async throws -> Work {
    let pipeline = try call.pipelineToConfigure(arguments[StageMembers.pipeline])
    try call.requireVersion(pipeline.version)
    let draft = StageDraft(arguments)
    let place = try place(of: draft, in: pipeline)
    try await call.requireKnown(draft.responsibleRule)
    try requireTarget(draft.transfersTo)
    try await PlanRoom.require(.stagesPerPipeline, used: pipeline.stages.count, call)
    let stage = draft.made(
      id: try await call.newID(.stage), pipeline: pipeline.id, position: place)
    var order = pipeline.stages
    order.insert(stage, at: place - 1)
    let statements =
      [
        PipelineStatements.touch(
          call.tenantParameter, .integer(pipeline.id), .integer(pipeline.version))
      ] + reopeningOnly(stage, of: pipeline) + [
        order.placement(tenant: call.tenant, pipeline: pipeline.id),
        [stage].insertion(tenant: call.tenant, pipeline: pipeline.id),
        StageStatements.requireAllowed(
          call.tenantParameter, .integer(pipeline.id),
          .integer(call.company.plan.limits.stagesPerPipeline)),
      ]
    return Work(
      pipeline.keepingDesign(statements, call), answer: stage.answer(for: call.standing),
      after: stage.whole, movesVersion: true
    ).seen(by: .pipeline(pipeline.id))
  }

  /// The place of a new stage, from 1; all that is wrong with it at once.
  private func place(of draft: StageDraft, in pipeline: Pipeline) throws -> Int {
    var checks = ValueChecks()
    draft.check(
      at: "", for: pipeline.kind, of: pipeline.id, fields: call.company.fields, in: &checks)
    if draft.kind == .won {
      checks.note("kind", "has to be open or lost; there is exactly one won")
    }
    let open = pipeline.stages.filter { $0.kind == .open }.count
    let places = draft.kind == .open ? 1...(open + 1) : (open + 1)...(pipeline.stages.count + 1)
    let place = arguments[optional: StageMembers.position].map { Int($0) } ?? places.upperBound
    if !places.contains(place) {
      checks.note(
        "position",
        "has to be from \(places.lowerBound) to \(places.upperBound); open stages come first")
    }
    try checks.finish()
    try checkName(draft.name, of: nil, in: pipeline)
    return place
  }

  // MARK: - What a stage says

  func update() async throws -> Work {
    let (pipeline, present) = try call.stageToConfigure(arguments[CommonMembers.id])
    try call.requireVersion(present.version)
    var stage = present
    if let name = arguments[optional: StageMembers.name] { stage.name = name }
    if let style = arguments[optional: StageMembers.style] { stage.style = style }
    if let isKey = arguments[optional: StageMembers.key] { stage.isKey = isKey }
    if let required = arguments[optional: StageMembers.required] { stage.required = required }
    if let reopens = arguments[optional: StageMembers.reopensHere] { stage.reopensHere = reopens }
    stage.hint = arguments.change(StageMembers.hint).applied(to: stage.hint)
    stage.dwellLimit = arguments.change(StageMembers.dwellLimit).applied(to: stage.dwellLimit)
    let rule = arguments.change(AssignmentMembers.rule)
    stage.responsibleRule = rule.applied(to: stage.responsibleRule) ?? .keep
    stage.transfersTo = arguments.change(AssignmentMembers.transfersTo).applied(
      to: stage.transfersTo)
    if stage.responsibleRule != present.responsibleRule {
      try await call.requireKnown(stage.responsibleRule)
    }
    if stage.transfersTo != present.transfersTo { try requireTarget(stage.transfersTo) }
    var checks = ValueChecks()
    StageDraft(stage).check(
      at: "", for: pipeline.kind, of: pipeline.id, fields: call.company.fields, in: &checks)
    try checks.finish()
    if stage.name != present.name { try checkName(stage.name, of: stage.id, in: pipeline) }
    return Work.update(present, to: stage, answer: { $0.answer(for: call.standing) }) { stage in
      var after = stage
      after.version += 1
      let statements = reopeningOnly(stage, of: pipeline) + [stage.update(tenant: call.tenant)]
      let isOfReports = DesignStage(stage) != DesignStage(present)
      return Work(
        isOfReports ? pipeline.keepingDesign(statements, call) : statements,
        answer: after.answer(for: call.standing), before: present.whole, after: after.whole,
        movesVersion: true
      ).seen(by: .pipeline(pipeline.id))
    }
  }

  /// A stage transfers into a deal pipeline of which whoever says so knows.
  private func requireTarget(_ pipeline: Int64?) throws(RPCError) {
    guard let pipeline else { return }
    guard let target = call.company.pipeline(pipeline), call.standing.knows(pipeline: pipeline)
    else { throw .notFound(what: "pipeline") }
    guard target.kind == .deal else {
      throw .invalid([
        FieldProblem(path: "transfers_to", problem: "has to be a pipeline of deals")
      ])
    }
  }

  /// Where a stage begins to take reopened cards, the others cease to.
  private func reopeningOnly(_ stage: Stage, of pipeline: Pipeline) -> [BoundStatement] {
    guard stage.reopensHere else { return [] }
    return pipeline.stages.filter { $0.reopensHere && $0.id != stage.id }.map { other in
      var other = other
      other.reopensHere = false
      return other.update(tenant: call.tenant)
    }
  }

  /// A stage may change the case of its own name. Two at once are told apart by the version that both move.
  private func checkName(
    _ name: String, of stage: Int64?, in pipeline: Pipeline
  ) throws(RPCError) {
    let key = ListName.key(name)
    guard pipeline.stages.contains(where: { $0.id != stage && ListName.key($0.name) == key })
    else { return }
    throw .conflict("The pipeline has a stage with this name. Choose another name.")
  }
}

extension [Stage] {
  /// The same with their positions from 1.
  var numbered: [Stage] {
    enumerated().map { index, stage in
      var stage = stage
      stage.position = index + 1
      return stage
    }
  }

  /// What puts those that are there already into this order.
  func placement(tenant: Int64, pipeline: Int64) -> BoundStatement {
    StageStatements.place(
      .integer(tenant), .integer(pipeline), .integers(map(\.id)),
      .integers(numbered.map { Int64($0.position) }))
  }
}

extension Stage {
  /// What writes what the stage says, over the version it carries.
  func update(tenant: Int64) -> BoundStatement {
    StageStatements.update.bind(
      [
        .integer(tenant), .integer(id), .integer(version), .text(name), .text(style.rawValue),
        .bool(isKey), .string(hint), .strings(required.map(\.description)),
        .string(dwellLimit?.description), .bool(reopensHere),
      ] + responsibleRule.parameters + [.integer(transfersTo)])
  }
}

extension TenantCall {
  /// A stage whose pipeline the caller may configure, with the pipeline; where the caller knows nothing of
  /// the pipeline, there is no such stage.
  func stageToConfigure(_ id: Int64) throws(RPCError) -> (Pipeline, Stage) {
    guard let pipeline = company.pipelines.first(where: { $0.stage(id) != nil }),
      let stage = pipeline.stage(id), standing.knows(pipeline: pipeline.id)
    else { throw .notFound(what: "stage") }
    return (try pipelineToConfigure(pipeline.id), stage)
  }
}
