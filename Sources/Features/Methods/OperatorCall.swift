internal import JSONRPC
internal import Postgres
internal import SalesRules

/// What the operator's methods are given: the catalogue, and no company's cards.
struct OperatorCall: Sendable {
  /// As it came.
  let request: Request
  let arguments: Arguments
  let services: Services
  let session: ClientSession
  let now: Timestamp
  /// The operator's token.
  let token: Int64

  /// Reads in one transaction, as the operator.
  func read(_ statements: BoundStatement...) async throws -> [Rows] {
    let context = ContextStatements.forOperator(token: token)
    return Array(
      try await services.reads.repeatable(context + statements).dropFirst(context.count))
  }

  /// Reads much in one transaction, as the operator, where it delays no short work.
  func report(_ statements: [BoundStatement]) async throws -> [Rows] {
    let context = ContextStatements.forOperator(token: token)
    return Array(
      try await services.reports.repeatable(context + statements).dropFirst(context.count))
  }

  /// A decision with the audit around it: the installation has a row for it and, where a company is
  /// concerned, the company too, whose admins are told by an event.
  func audited(_ work: Work, _ request: AuditedRequest) -> [BoundStatement] {
    let row = { (tenant: Int64) in
      services.audit.row(
        tenant: tenant, at: now, by: AuditActor(kind: .operator, token: token),
        from: session.origin.address, request, work)
    }
    // The work may go into a company's context, where it does not come back from.
    let statements = [row(0)] + work.statements
    guard let tenant = work.tenant else { return statements }
    return statements + [ContextStatements.server(.integer(tenant)), row(tenant)]
      + services.eventLedger.statements(tenant: tenant, at: now, user: nil, request, work)
  }

  /// Whether only to tell what would happen.
  var isDryRun: Bool { arguments[optional: CommonMembers.dryRun] ?? false }

  /// The version that the caller knows.
  var ifVersion: Int64? { arguments[optional: CommonMembers.ifVersion] }

  /// Refuses where the caller knows another version than the present one.
  func requireVersion(_ present: Int64) throws(RPCError) {
    guard let ifVersion, ifVersion != present else { return }
    throw .conflict(
      "It was changed meanwhile: its version is \(present), not \(ifVersion). Read it again.",
      version: present)
  }
}
