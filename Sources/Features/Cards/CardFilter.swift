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
  var index = CardFieldIndex.none
  /// Whether each card is told with the nearest of its planned activities.
  var withNext = false
  /// Only those that are paused at a moment, or only the others.
  var paused: (Bool, at: Timestamp)?
  /// Those that tell this of the last contact.
  var lastContact: Int64?
  /// The reasons of a kind of loss.
  var reasons: [Int64]?
  /// When they were closed.
  var closed: ClosingPeriod?
  var isOldestFirst = false
  var after: Int64?

  /// The list of a stage's cards, newest first, as a board begins it under its filters and the list goes on.
  static func scope(_ kind: CardKind, stage: Int64, of board: JSONObject) -> ListScope {
    var members: JSONObject = [CardMembers.stage.name: .integer(stage)]
    for name in CardMembers.boardFilters.map(\.name) { members[name] = board[name] }
    return ListScope("\(kind).list", members)
  }

  /// The list that a request asks for: what says nothing new is no part of it.
  static func scope(_ call: TenantCall) -> ListScope {
    var members = call.request.members
    members[CardMembers.with.name] = nil
    // A stage is of one pipeline.
    if call.arguments.has(CardMembers.stage.name) { members[CardMembers.pipeline.name] = nil }
    if call.arguments[optional: CardMembers.order] == .newest {
      members[CardMembers.order.name] = nil
    }
    return ListScope(call.request.method, members)
  }

  /// What cards hold, for the statement; nil where that is not asked.
  var holding: [Parameter]? {
    fields?.parameters ?? (index == .none ? nil : [.null, .null])
  }

  /// The list's statement and parameters.
  func statement(tenant: Int64, kind: CardKind, fetch: Parameter) -> BoundStatement {
    let usual: [Parameter] = [
      .integer(tenant), .text(kind.rawValue), fetch, .integer(after), .integer(pipeline),
      .integer(stage), .string(outcome?.rawValue), .integer(responsible), .integer(contact),
      .integer(company), .string(source),
    ]
    return CardListStatements.list(self).bind(
      usual + [
        .timestamp(paused?.at), .integer(lastContact), reasons.map { .integers($0) } ?? .null,
        .timestamp(closed?.start), .timestamp(closed?.end),
      ] + (holding ?? []) + index.parameters)
  }
}
