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
