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
    let version = call.company.version
    return work(
      arrangement,
      answer: list(arrangement.pipelines, version: version + (arrangement.isChanged ? 1 : 0)),
      before: list(call.company.pipelines, version: version))
  }

  private func list(_ pipelines: [Pipeline], version: Int64) -> RawJSON {
    let shown = pipelines.filter { !$0.isArchived }
    return Page.whole(shown, further: { $0.member("version", version) }) {
      $0.write(to: &$1, for: call.standing)
    }
  }

  func freezeOrder() throws -> Work {
    try call.requireVersion(call.company.version)
    var arrangement = self.arrangement
    let order = call.arguments[optional: PipelineMembers.freezeOrder]
    if let order {
      let inUse = Set(call.company.activeDealPipelines.map(\.id))
      guard Set(order).count == order.count, inUse.isSuperset(of: order) else {
        let ids = inUse.sorted().map(String.init).joined(separator: ", ")
        throw refusal(
          "pipelines",
          "has to name deal pipelines in use, each once: \(ids.isEmpty ? "there are none" : ids)")
      }
      arrangement.setFreezeOrder(order)
      arrangement.settle(by: call.company.plan.limits)
    }
    let isDone = order != nil && !call.isDryRun && arrangement.isChanged
    guard isDone else {
      return .nothing(freezeOrder(arrangement, version: call.company.version))
    }
    return work(
      arrangement, answer: freezeOrder(arrangement, version: call.company.version + 1),
      before: freezeOrder(self.arrangement, version: call.company.version))
  }

  /// The pipelines in the order in which they would freeze.
  private func freezeOrder(_ arrangement: PipelineArrangement, version: Int64) -> RawJSON {
    let further = { (writer: inout JSONWriter) in
      writer.member("version", version)
      if call.isDryRun { writer.member("dry_run", true) }
    }
    return Page.whole(arrangement.orderOfKeeping.reversed(), further: further) {
      pipeline, writer in
      writer.object {
        $0.member("id", pipeline.id)
        $0.member("name", pipeline.name)
        $0.member("frozen", pipeline.isFrozen)
      }
    }
  }

  func archive() throws -> Work {
    let pipeline = try find()
    guard pipeline.kind == .deal else {
      throw refusal("id", "is the lead pipeline, of which there is exactly one")
    }
    guard !pipeline.isArchived else { return .nothing(pipeline.answer(for: call.standing)) }
    try call.company.requireNoTransfers(into: pipeline.id)
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
    return work(
      arrangement, answer: after.answer(for: call.standing),
      before: pipeline.answer(for: call.standing))
  }

  private func work(
    _ arrangement: PipelineArrangement, answer: RawJSON, before: RawJSON
  ) -> Work {
    Work(
      arrangement.statements(tenant: call.tenant), answer: answer, before: before,
      movesVersion: true)
  }

  private func refusal(_ path: String, _ problem: String) -> RPCError {
    .invalid([FieldProblem(path: path, problem: problem)])
  }
}
