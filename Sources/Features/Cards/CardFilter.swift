internal import JSON
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
  var fields: CardFieldFilter?
  /// The reasons of a kind of loss.
  var reasons: [Int64]?
  var isOldestFirst = false
  var after: Int64?

  /// The list of a stage's cards, newest first, as a board begins it and the list goes on.
  static func scope(_ kind: CardKind, stage: Int64) -> ListScope {
    ListScope("\(kind).list", [CardMembers.stage.name: .integer(stage)])
  }

  /// The list that a request asks for: what says nothing new is no part of it.
  static func scope(_ call: TenantCall) -> ListScope {
    var members = call.request.members
    // A stage is of one pipeline.
    if call.arguments.has(CardMembers.stage.name) { members[CardMembers.pipeline.name] = nil }
    if call.arguments[optional: CardMembers.order] == .newest {
      members[CardMembers.order.name] = nil
    }
    return ListScope(call.request.method, members)
  }

  /// The list's statement and parameters.
  func statement(tenant: Int64, kind: CardKind, fetch: Parameter) -> BoundStatement {
    let usual: [Parameter] = [
      .integer(tenant), .text(kind.rawValue), fetch, .integer(after), .integer(pipeline),
      .integer(stage), .string(outcome?.rawValue), .integer(responsible), .integer(contact),
      .integer(company), .string(source),
    ]
    var asked: [Parameter] = []
    if fields != nil || reasons != nil { asked.append(fields?.parameter ?? .null) }
    if let reasons { asked.append(.integers(reasons)) }
    return CardStatements.list(self).bind(usual + asked)
  }
}
