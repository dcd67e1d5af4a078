internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `import.begin`: finds or makes the pipeline, and the record under which rows are taken.
struct ImportBeginning {
  private let call: TenantCall

  init(_ call: TenantCall) {
    self.call = call
  }

  func work() async throws -> Work {
    let kinds = ImportKind.allCases.filter(Set(call.arguments[ImportMembers.kinds]).contains)
    let target = call.arguments[optional: ImportMembers.pipeline]
    if target == nil, kinds.contains(.deal) {
      throw RPCError.invalid([
        FieldProblem(path: "pipeline", problem: "is missing: say where the deals go")
      ])
    }
    var made: Pipeline?
    var draft: [StageDraft] = []
    var pipeline: Int64?
    switch target {
    case nil: break
    case .known(let id)?:
      guard let known = call.company.pipeline(id) else {
        throw RPCError.notFound(what: "pipeline")
      }
      pipeline = try usable(known).id
    case .named(let name, let stages)?:
      let same = call.company.pipelines.first { $0.name.lowercased() == name.lowercased() }
      if let same {
        pipeline = try usable(same).id
      } else {
        let plan = PipelineDraft(
          kind: .deal, name: name, stages: stages, language: call.company.locale)
        try await requireAllowed(plan)
        draft = plan.stages
        if !call.isDryRun {
          made = try await newPipeline(plan)
          pipeline = made?.id
        }
      }
    }
    let record = ImportRecord(
      id: try await call.newID(.import), source: call.arguments[ImportMembers.source],
      kinds: kinds, pipeline: pipeline, isDryRun: call.isDryRun,
      skipsGate: call.arguments[optional: ImportMembers.skipGate] ?? false,
      draft: call.isDryRun ? draft : [], startedBy: call.standing.user, startedAt: call.now)
    var statements = made?.insertion(tenant: call.tenant, at: call.now) ?? []
    statements += Self.forgetting(nil, in: call)
    statements.append(insertion(record))
    if made != nil {
      let limit = call.company.plan.limits.dealPipelines
      statements.append(
        PipelineStatements.requireAllowed(call.tenantParameter, .integer(limit)))
    }
    return Work(statements, answer: record.answer, movesVersion: made != nil)
  }

  private func usable(_ pipeline: Pipeline) throws(RPCError) -> Pipeline {
    if pipeline.isFrozen { throw .frozen(GateProblem.frozen.sentence) }
    if pipeline.isArchived { throw .frozen(GateProblem.archived.sentence) }
    return pipeline
  }

  /// The stages are good, and the plan allows one more pipeline with so many of them.
  private func requireAllowed(_ draft: PipelineDraft) async throws {
    var checks = ValueChecks()
    let names = draft.stages.map { ListName.key($0.name) }
    if Set(names).count < names.count {
      checks.note("pipeline.stages", "names a stage twice")
    }
    if draft.stages.count(where: { $0.kind == .won }) > 1 {
      checks.note("pipeline.stages", "has more than one won stage")
    }
    if !draft.stages.contains(where: { $0.kind == .open }) {
      checks.note("pipeline.stages", "has no open stage")
    }
    try checks.finish()
    let used = call.company.pipelines.count { $0.kind == .deal && !$0.isArchived }
    try await PlanRoom.require(.dealPipelines, used: used, call)
    try await PlanRoom.require(.stagesPerPipeline, used: 0, adding: draft.stages.count, call)
  }

  private func newPipeline(_ draft: PipelineDraft) async throws -> Pipeline {
    draft.made(
      id: try await call.newID(.pipeline),
      stageIDs: try await call.newIDs(.stage, count: draft.stages.count),
      position: (call.company.pipelines.map(\.position).max() ?? 0) + 1)
  }

  private func insertion(_ record: ImportRecord) -> BoundStatement {
    let draft = RawJSON {
      $0.array {
        for stage in record.draft {
          $0.object {
            $0.member("name", stage.name)
            $0.member("kind", stage.kind.rawValue)
          }
        }
      }
    }
    return ImportStatements.insert(
      call.tenantParameter, .integer(record.id), .text(record.source),
      .strings(record.kinds.map(\.rawValue)), .integer(record.pipeline), .bool(record.isDryRun),
      record.draft.isEmpty ? .null : .bytes(draft.bytes), .integer(record.startedBy),
      .timestamp(record.startedAt), .bool(record.skipsGate))
  }

  /// Forgets a dry run or, without a number, those that were broken off a day ago or longer.
  static func forgetting(_ id: Parameter?, in call: TenantCall) -> [BoundStatement] {
    let parameters: [Parameter] = [
      call.tenantParameter, id ?? .null, .timestamp(call.now.adding(seconds: -86_400)),
    ]
    return [
      ImportStatements.forgetKeys.bind(parameters), ImportStatements.forget.bind(parameters),
    ]
  }
}
