internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `stage.reorder`: the stages of a pipeline change places. Cards stay in their stages; where any stand in one
/// that moves, whoever reorders has to say that they know.
struct StageOrder {
  static let trial = Schema.object(
    [
      "pipeline": .identifier, "order": .array(of: .string), "cards": .integer,
      "dry_run": .boolean,
    ], required: ["pipeline", "order", "cards", "dry_run"])

  private let call: TenantCall
  private let pipeline: Pipeline

  init(_ call: TenantCall) throws {
    self.call = call
    pipeline = try call.pipelineToConfigure(call.arguments[StageMembers.pipeline])
  }

  func work() async throws -> Work {
    try call.requireVersion(pipeline.version)
    let before = pipeline.answer(for: call.standing)
    let stages = try order()
    guard stages.map(\.id) != pipeline.stages.map(\.id) else {
      return .nothing(call.isDryRun ? trial(stages, cards: 0) : before)
    }
    let cards = try await cards(in: stages)
    guard cards == 0 || call.arguments[optional: StageMembers.withCards] == true else {
      throw RPCError.heldByCards(
        Int64(cards),
        "\(cards) cards stand in stages that change places. To reorder them all the same, say with_cards."
      )
    }
    let statements = pipeline.keepingDesign(
      [
        PipelineStatements.touch(
          call.tenantParameter, .integer(pipeline.id), .integer(pipeline.version)),
        stages.placement(tenant: call.tenant, pipeline: pipeline.id),
      ], call)
    var after = pipeline
    after.stages = stages.numbered
    after.version += 1
    return Work(
      statements,
      answer: call.isDryRun ? trial(stages, cards: cards) : after.answer(for: call.standing),
      before: before, movesVersion: true
    ).seen(by: .pipeline(pipeline.id))
  }

  /// What a dry run tells.
  private func trial(_ stages: [Stage], cards: Int) -> RawJSON {
    RawJSON {
      $0.object {
        $0.member("pipeline", pipeline.id)
        $0.member("order", stages.map(\.name))
        $0.member("cards", cards)
        $0.member("dry_run", true)
      }
    }
  }

  /// The stages as they are to stand.
  private func order() throws(RPCError) -> [Stage] {
    let order = call.arguments[StageMembers.order]
    let stages = order.compactMap { pipeline.stage($0) }
    guard stages.count == pipeline.stages.count, Set(order).count == stages.count else {
      throw refusal("has to name each stage of the pipeline once")
    }
    let firstClosing = stages.firstIndex { $0.kind != .open } ?? stages.count
    guard stages[firstClosing...].allSatisfy({ $0.kind != .open }) else {
      throw refusal("open stages have to come before the closing ones")
    }
    return stages
  }

  /// How many cards stand in the open stages that do not stay where they are; among closing stages no card
  /// has a way.
  private func cards(in stages: [Stage]) async throws -> Int {
    let moving = zip(stages, pipeline.stages).filter { $0.id != $1.id && $0.kind == .open }
    let rows = try await call.read(
      StageStatements.countCardsByStage(call.tenantParameter, .integer(pipeline.id)))
    return try rows[0].reduce(0) { count, row in
      let stage = try row.integer(0)
      guard moving.contains(where: { $0.0.id == stage }) else { return count }
      return count + Int(try row.integer(1))
    }
  }

  private func refusal(_ problem: String) -> RPCError {
    .invalid([FieldProblem(path: "stages", problem: problem)])
  }
}
