internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `stage.delete`: takes a stage out from under its cards, which go to another stage of the same kind.
///
/// One transaction; see `CardRelocation`.
struct StageDeletion {
  private let call: TenantCall
  private let pipeline: Pipeline
  private let stage: Stage

  init(_ call: TenantCall) throws {
    self.call = call
    (pipeline, stage) = try call.stageToConfigure(call.arguments[CommonMembers.id])
  }

  func work() async throws -> Work {
    try call.requireVersion(stage.version)
    try requireDispensable()
    let target = try target()
    let cards = try await cards(mayMove: target != nil)
    guard cards.count == 0 || target != nil else {
      throw RPCError.heldByCards(
        Int64(cards.count),
        "\(cards.count) cards stand in the stage. Name in move_cards_to the stage to which they go."
      )
    }
    let passage = try target.map { target throws(RPCError) in
      try CardGate.pass(
        CardGate.decide(
          .relocate(from: stage.id, into: pipeline.design, to: target.id), in: pipeline,
          rights: call.standing.gateRights(in: pipeline.id), call))
    }
    let answer = Deleted.answer(stage.id, isDryRun: call.isDryRun) {
      $0.member("moved", cards.count)
      $0.member("move_cards_to", target?.id)
      if cards.count > 0 { passage?.warnings.writeWarnings(to: &$0) }
    }
    let left = pipeline.stages.filter { $0.id != stage.id }
    var statements = [
      PipelineStatements.touch(
        call.tenantParameter, .integer(pipeline.id), .integer(pipeline.version)),
      StageStatements.lock(call.tenantParameter, .integer(stage.id), .integer(stage.version)),
    ]
    if let passage, cards.count > 0 {
      let relocation = CardRelocation(
        stage: stage, count: cards.count, passage: passage, pipeline: pipeline.id)
      statements += relocation.statements(call)
    }
    statements += [
      StageStatements.delete(call.tenantParameter, .integer(stage.id)),
      left.placement(tenant: call.tenant, pipeline: pipeline.id),
    ]
    return Work(
      pipeline.keepingDesign(statements, call), answer: answer, before: stage.whole,
      action: action,
      written: cards.written, movesVersion: true
    ).seen(by: .pipeline(pipeline.id)).changing(cards: cards.count)
  }

  /// What moving its cards takes.
  private var action: Action { stage.kind == .open ? .move : .close }

  /// A pipeline keeps an open stage, its won one and a lost one.
  private func requireDispensable() throws(RPCError) {
    let isLast = pipeline.stages.filter { $0.kind == stage.kind }.count == 1
    guard isLast else { return }
    throw .invalid([
      FieldProblem(
        path: "id",
        problem: "is the only \(stage.kind.rawValue) stage; a pipeline needs one at least")
    ])
  }

  private func target() throws(RPCError) -> Stage? {
    guard let id = call.arguments[optional: StageMembers.moveCardsTo] else { return nil }
    guard let target = pipeline.stage(id) else { throw .notFound(what: "stage") }
    guard target.id != stage.id, target.kind == stage.kind else {
      throw .invalid([
        FieldProblem(
          path: "move_cards_to",
          problem: "has to be another stage of the kind \(stage.kind.rawValue)")
      ])
    }
    return target
  }

  /// How many cards there are, and those that the policies have to be told of.
  private func cards(mayMove: Bool) async throws -> (count: Int, written: [Int64]) {
    let id = Parameter.integer(stage.id)
    guard !call.standing.holdsEverything else {
      let rows = try await call.read(StageStatements.countCards(call.tenantParameter, id))
      return (Int(try rows[0][0].integer(0)), [])
    }
    let anybodys = RightsCard(
      pipeline: pipeline.id, stage: stage.id, responsible: nil, outcome: stage.kind.outcome)
    if mayMove {
      for needed in [Action.view, action] where !call.standing.holds(needed, on: anybodys) {
        throw RPCError.forbidden(
          needs: needed.rawValue,
          "To move the stage's cards you need the right \"\(needed.rawValue)\" on all of them.")
      }
    }
    let rows = try await call.read(StageStatements.cards(call.tenantParameter, id))
    let ids = try rows[0].map { try $0.integer(0) }
    return (ids.count, ids)
  }
}
