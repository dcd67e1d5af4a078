internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// Which pipelines the company keeps, and in what order: what changes here may freeze or thaw others.
struct PipelineKeeping {
  private let call: TenantCall
  private let arrangement: PipelineArrangement

  init(_ call: TenantCall) {
    self.call = call
    arrangement = PipelineArrangement(call.company)
  }

  func reorder() throws -> Work {
    try call.requireVersion(call.company.version)
    let order = call.arguments[PipelineMembers.order]
    let inUse = call.company.activeDealPipelines.map(\.id)
    guard order.count == inUse.count, Set(order) == Set(inUse) else {
      let ids = inUse.map(String.init).joined(separator: ", ")
      throw refusal(
        "pipelines", "has to name each deal pipeline in use once: \(ids.isEmpty ? "none" : ids)")
    }
    var arrangement = self.arrangement
    arrangement.reorder(order)
    arrangement.settle(by: call.company.plan.limits)
    let shown = arrangement.pipelines.filter { !$0.isArchived }
    let version = call.company.version + (arrangement.isChanged ? 1 : 0)
    let answer = Page.whole(shown, further: { $0.member("version", version) }) {
      $0.write(to: &$1, for: call.standing)
    }
    return work(arrangement, answer: answer)
  }

  func archive() throws -> Work {
    let pipeline = try find()
    guard pipeline.kind == .deal else {
      throw refusal("id", "is the lead pipeline, of which there is exactly one")
    }
    guard !pipeline.isArchived else { return .nothing(pipeline.answer(for: call.standing)) }
    return setArchived(true, pipeline)
  }

  func restore() async throws -> Work {
    let pipeline = try find()
    guard pipeline.isArchived else { return .nothing(pipeline.answer(for: call.standing)) }
    try await PlanRoom.require(.dealPipelines, used: call.company.activeDealPipelines.count, call)
    var work = setArchived(false, pipeline)
    work.statements.append(
      PipelineStatements.requireAllowed(
        call.tenantParameter, .integer(call.company.plan.limits.dealPipelines)))
    return work
  }

  func delete() async throws -> Work {
    let pipeline = try find()
    guard pipeline.kind == .deal else {
      throw refusal("id", "is the lead pipeline, of which there is exactly one")
    }
    let id = Parameter.integer(pipeline.id)
    let rows = try await call.read(PipelineStatements.contents(call.tenantParameter, id))
    let (cards, open, imports) = (
      try rows[0][0].integer(0), try rows[0][0].integer(1), try rows[0][0].integer(2)
    )
    guard cards == 0 else {
      throw RPCError.heldByCards(
        cards,
        "The pipeline holds \(cards) cards, \(open) of them open. Delete them or copy them to "
          + "another pipeline first, or archive the pipeline, which keeps them.")
    }
    guard imports == 0 else {
      throw RPCError.conflict("An import into the pipeline is going on. Wait for its end.")
    }
    if call.isDryRun { return .nothing(Deleted.answer(pipeline.id, isDryRun: true)) }
    var arrangement = self.arrangement
    arrangement.remove(pipeline.id)
    arrangement.settle(by: call.company.plan.limits)
    var work = work(arrangement, answer: Deleted.answer(pipeline.id))
    work.statements =
      [
        PipelineStatements.deleteGrants(call.tenantParameter, id),
        PipelineStatements.detachImports(call.tenantParameter, id),
        PipelineStatements.deleteStages(call.tenantParameter, id),
        PipelineStatements.delete(call.tenantParameter, id, .integer(pipeline.version)),
      ] + work.statements
    return work
  }

  private func find() throws(RPCError) -> Pipeline {
    let pipeline = try call.pipelineKnown(call.arguments[CommonMembers.id])
    try call.requireVersion(pipeline.version)
    return pipeline
  }

  private func setArchived(_ isArchived: Bool, _ pipeline: Pipeline) -> Work {
    var arrangement = self.arrangement
    arrangement.setArchived(isArchived, pipeline.id)
    arrangement.settle(by: call.company.plan.limits)
    let after = arrangement.pipeline(pipeline.id) ?? pipeline
    return work(arrangement, answer: after.answer(for: call.standing))
  }

  private func work(_ arrangement: PipelineArrangement, answer: RawJSON) -> Work {
    Work(arrangement.statements(tenant: call.tenant), answer: answer, movesVersion: true)
  }

  private func refusal(_ path: String, _ problem: String) -> RPCError {
    .invalid([FieldProblem(path: path, problem: problem)])
  }
}
