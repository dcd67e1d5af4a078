internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `pipeline.delete`: takes a deal pipeline away, and says of each stage that holds cards where they go.
struct PipelineDeletion {
  /// One stage, and the one that takes its cards.
  private static let stage = Member<Int64>.identifier("stage", "A stage of the pipeline.")
  private static let to = Member<Int64>.identifier(
    "to", "The stage of another deal pipeline, of the same kind, to which its cards go.")

  static let moveTo = Member<[Arguments]>.array(
    "move_to", of: .object("move", [.required(stage), .required(to)], "A stage and its heir."),
    count: 0...1000, "Where cards go, for each stage that holds any: {\"stage\": 11, \"to\": 21}.")

  static let method = Method(
    "pipeline.delete",
    "Deletes a deal pipeline with all rights on it, and says where its cards go.",
    details:
      "While cards stand in it, `move_to` has to name for each of their stages a stage of the same "
      + "kind in another deal pipeline, neither frozen nor archived; otherwise it is refused, with `stages` "
      + "naming those that hold cards; nor goes one into which stages transfer. Cards keep their outcome, stays and "
      + "histories, which say which pipeline it was. What the pipelines' rules and required fields say of a move is told in its `warnings`, also "
      + "in the dry run.",
    takes: [.required(CommonMembers.id), .optional(moveTo)],
    gives: .object(
      [
        "id": .identifier, "deleted": .boolean, "dry_run": .boolean, "moved": .integer,
        "moves": .array(of: .anyObject),
      ], required: ["id", "deleted", "moved"]),
    errors: [.notFound, .invalid, .conflict, .stageRule], traits: [.versioned, .dryRun],
    .write(.admin) { call in try await PipelineDeletion(call).work() })

  private let call: TenantCall

  init(_ call: TenantCall) {
    self.call = call
  }

  func work() async throws -> Work {
    let pipeline = try call.pipelineKnown(call.arguments[CommonMembers.id])
    try call.requireVersion(pipeline.version)
    guard pipeline.kind == .deal else {
      throw RPCError.invalid([
        FieldProblem(
          path: "id", problem: "is the lead pipeline, of which there is exactly one")
      ])
    }
    try call.company.requireNoTransfers(into: pipeline.id)
    let id = Parameter.integer(pipeline.id)
    let rows = try await call.read(
      PipelineStatements.runningImports(call.tenantParameter, id),
      StageStatements.countCardsByStage(call.tenantParameter, id))
    var counts: [Int64: Int] = [:]
    for row in rows[1] { counts[try row.integer(0)] = Int(try row.integer(1)) }
    let relocations = try relocations(from: pipeline, counts)
    guard try rows[0][0].integer(0) == 0 else {
      throw RPCError.conflict("An import into the pipeline is going on. Wait for its end.")
    }
    let answer = answer(pipeline, relocations)
    return Work(
      statements(pipeline, relocations), answer: answer,
      before: pipeline.answer(for: call.standing), movesVersion: true
    ).changing(cards: relocations.reduce(0) { $0 + $1.count })
  }

  private func answer(_ pipeline: Pipeline, _ relocations: [CardRelocation]) -> RawJSON {
    Deleted.answer(pipeline.id, isDryRun: call.isDryRun) {
      $0.member("moved", relocations.reduce(0) { $0 + $1.count })
      $0.name("moves")
      $0.array {
        for relocation in relocations {
          $0.object {
            $0.member("stage", relocation.stage.id)
            $0.member("to", relocation.passage.stage)
            $0.member("pipeline", relocation.pipeline)
            $0.member("cards", relocation.count)
            if relocation.count > 0 { relocation.passage.warnings.writeWarnings(to: &$0) }
          }
        }
      }
    }
  }

  // MARK: - Where cards go

  private func relocations(
    from pipeline: Pipeline, _ counts: [Int64: Int]
  ) throws -> [CardRelocation] {
    let moves = call.arguments[optional: Self.moveTo] ?? []
    var relocations: [CardRelocation] = []
    var checks = ValueChecks()
    for (index, move) in moves.enumerated() {
      guard let stage = pipeline.stage(move[Self.stage]) else {
        checks.note("move_to[\(index)].stage", "is no stage of the pipeline")
        continue
      }
      guard !relocations.contains(where: { $0.stage.id == stage.id }) else {
        checks.note("move_to[\(index)].stage", "stands twice")
        continue
      }
      let owner = call.company.pipelines.first { $0.stage(move[Self.to]) != nil }
      guard let owner else { throw RPCError.notFound(what: "stage") }
      guard owner.id != pipeline.id else {
        checks.note("move_to[\(index)].to", "goes away with the pipeline")
        continue
      }
      let passage = try CardGate.pass(
        CardGate.decide(
          .relocate(from: stage.id, into: owner.design, to: move[Self.to]), in: pipeline,
          rights: call.standing.gateRights(in: pipeline.id), call))
      relocations.append(
        CardRelocation(
          stage: stage, count: counts[stage.id] ?? 0, passage: passage, pipeline: owner.id,
          deletedPipeline: pipeline.name))
    }
    try checks.finish()
    try requireHeirs(pipeline, counts, relocations)
    return relocations
  }

  private func requireHeirs(
    _ pipeline: Pipeline, _ counts: [Int64: Int], _ relocations: [CardRelocation]
  ) throws(RPCError) {
    let left = pipeline.stages.filter { stage in
      (counts[stage.id] ?? 0) > 0 && !relocations.contains { $0.stage.id == stage.id }
    }
    guard !left.isEmpty else { return }
    let cards = left.reduce(0) { $0 + (counts[$1.id] ?? 0) }
    let stages = left.map { stage -> JSON in
      [
        "stage": .integer(stage.id), "name": .string(stage.name),
        "kind": .string(stage.kind.rawValue), "cards": .integer(counts[stage.id] ?? 0),
      ]
    }
    throw RPCError(
      .conflict,
      "The pipeline holds \(cards) cards for which move_to names no other stage. Name one for each of "
        + "their stages, or archive the pipeline, which keeps them.",
      data: [("cards", .integer(cards)), ("stages", .array(stages))])
  }

  private func statements(
    _ pipeline: Pipeline, _ relocations: [CardRelocation]
  ) -> [BoundStatement] {
    let id = Parameter.integer(pipeline.id)
    var arrangement = PipelineArrangement(call.company)
    arrangement.remove(pipeline.id)
    arrangement.settle(by: call.company.plan.limits)
    let locks =
      [
        PipelineStatements.lock(call.tenantParameter, id, .integer(pipeline.version))
      ]
      + pipeline.stages.map {
        StageStatements.lock(call.tenantParameter, .integer($0.id), .integer($0.version))
      }
    return locks + relocations.filter { $0.count > 0 }.flatMap { $0.statements(call) } + [
      PipelineStatements.deleteGrants(call.tenantParameter, id),
      PipelineStatements.detachImports(call.tenantParameter, id),
      PipelineStatements.deleteStages(call.tenantParameter, id),
      PipelineStatements.delete(call.tenantParameter, id, .integer(pipeline.version)),
    ] + arrangement.statements(tenant: call.tenant)
  }
}
