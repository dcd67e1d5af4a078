internal import JSONRPC
internal import Postgres
internal import SalesRules

/// Which cards a list gives.
struct CardFilter {
  var pipeline: Int64?
  var stage: Int64?
  var outcome: Outcome?
  var responsible: Int64?
  var contact: Int64?
  var company: Int64?
  var source: String?
  var isOldestFirst = false
  var after: Int64?

  /// The list's statement and parameters.
  func statement(tenant: Int64, kind: CardKind, fetch: Parameter) -> BoundStatement {
    CardStatements.list(self)(
      .integer(tenant), .text(kind.rawValue), fetch, .integer(after), .integer(pipeline),
      .integer(stage), .string(outcome?.rawValue), .integer(responsible), .integer(contact),
      .integer(company), .string(source))
  }
}
