internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `report.funnel`: asks the database for counts and makes the report of them.
struct FunnelReport {
  private let call: TenantCall

  init(_ call: TenantCall) {
    self.call = call
  }

  func answer() async throws -> RawJSON {
    let arguments = call.arguments
    let id = arguments[FunnelMembers.pipeline]
    guard let pipeline = call.company.pipeline(id), call.standing.knows(pipeline: id) else {
      throw RPCError.notFound(what: "pipeline")
    }
    guard call.standing.holds(.view, onPipeline: id) else {
      throw RPCError.forbidden(needs: "view")
    }
    try requireOrder()
    if let team = arguments[optional: FunnelMembers.team] {
      try await TeamSight.require(team, call)
    }
    if let user = arguments[optional: FunnelMembers.responsible] {
      try await UserSight.require(user, call)
    }
    let (counts, since) = try await counts(of: pipeline)
    return RawJSON {
      counts.write(to: &$0, currency: call.company.currency, designSince: since)
    }
  }

  /// The figures of a pipeline, of all cards of the period or of those created from a moment on alone, and
  /// since when it had been made so in a report on the past.
  func counts(
    of pipeline: Pipeline, createdSince: Timestamp? = nil
  ) async throws -> (FunnelCounts, Timestamp?) {
    let (stages, since) = try await stages(of: pipeline)
    let results = try await call.report(
      ReportStatements.roomToWork(),
      ReportStatements.funnel.bind(
        parameters(stages, pipeline: pipeline.id) + [.timestamp(createdSince)]))
    let exits = Set(pipeline.stages.filter { $0.transfersTo != nil }.map(\.id))
    return (
      try FunnelCounts(
        stages: stages, exits: exits, losses: FunnelLosses.Kind.all(of: call.company),
        rows: results[1]), since
    )
  }

  /// The stages in their order: as they are or, in a report on the past, as they were then, with since when.
  private func stages(
    of pipeline: Pipeline
  ) async throws -> (stages: [DesignStage], since: Timestamp?) {
    let present = pipeline.stages.map { DesignStage($0) }
    guard let asOf = call.arguments[optional: FunnelMembers.asOf] else { return (present, nil) }
    let (day, moment) = asOf.parts
    let rows = try await call.report(
      PipelineDesignStatements.past(
        call.tenantParameter, .integer(pipeline.id), .string(day?.description),
        .timestamp(moment)))
    guard let row = rows[0].first else { return (present, nil) }
    let stages = try JSONReader().read(try row.string(0)).array ?? []
    return (stages.compactMap { DesignStage($0) }, try row.timestamp(1))
  }

  /// Refuses a period that ends before it begins.
  func requireOrder() throws {
    guard let from = call.arguments[optional: FunnelMembers.from],
      let to = call.arguments[optional: FunnelMembers.to],
      to.description < from.description
    else { return }
    throw RPCError.invalid([
      FieldProblem(path: "from", problem: "\(from) comes after to, \(to)"),
      FieldProblem(path: "to", problem: "\(to) comes before from, \(from)"),
    ])
  }

  /// The parameters `$1` to `$11` of `ReportStatements.funnel`.
  private func parameters(_ stages: [DesignStage], pipeline: Int64) -> [Parameter] {
    let arguments = call.arguments
    let (day, moment) = arguments[optional: FunnelMembers.asOf]?.parts ?? (nil, nil)
    return [
      call.tenantParameter, .integer(pipeline),
      .string(arguments[optional: FunnelMembers.from]?.description),
      .string(arguments[optional: FunnelMembers.to]?.description), .string(day?.description),
      .timestamp(moment), .integer(arguments[optional: FunnelMembers.team]),
      .integer(arguments[optional: FunnelMembers.responsible]),
      .string(arguments[optional: FunnelMembers.source]), .integers(stages.map(\.id)),
      .bools(stages.map { $0.kind == .open }),
    ]
  }
}
