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
    let stages = pipeline.stages.sorted { $0.position < $1.position }
    if let team = arguments[optional: FunnelMembers.team] {
      try await TeamSight.require(team, call)
    }
    if let user = arguments[optional: FunnelMembers.responsible] {
      try await UserSight.require(user, call)
    }
    let results = try await call.report(
      ReportStatements.roomToWork(),
      ReportStatements.funnel.bind(parameters(stages, pipeline: id)))
    let counts = try FunnelCounts(stages: stages, rows: results[1])
    return RawJSON { counts.write(to: &$0, currency: call.company.currency) }
  }

  /// Refuses a period that ends before it begins.
  private func requireOrder() throws {
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
  private func parameters(_ stages: [Stage], pipeline: Int64) -> [Parameter] {
    let arguments = call.arguments
    var (day, moment) = (WireDate?.none, Timestamp?.none)
    switch arguments[optional: FunnelMembers.asOf] {
    case nil: break
    case .day(let given)?: day = given
    case .moment(let given)?: moment = given
    }
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
