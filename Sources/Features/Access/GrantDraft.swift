internal import JSONRPC
internal import Postgres
internal import SalesRules

/// A grant as a request describes it, checked: it is of the company, and holds on something.
enum GrantDraft {
  /// Reads it; its id is 0.
  static func read(_ arguments: Arguments, _ call: TenantCall) async throws -> Grant {
    let pipeline = try call.pipelineKnown(arguments[GrantMembers.pipeline])
    let outcome = arguments[optional: GrantMembers.outcome] ?? .any
    let stages = arguments[optional: GrantMembers.stages].map { Set($0) }
    if let stages {
      guard stages.allSatisfy({ pipeline.stage($0) != nil }) else {
        throw RPCError.notFound(what: "stage")
      }
      guard
        stages.contains(where: {
          pipeline.stage($0).map { outcome.includes($0.kind.outcome) } == true
        })
      else {
        throw RPCError.invalid([
          FieldProblem(
            path: "stages", problem: "none of them has cards with the outcome \(outcome.rawValue)")
        ])
      }
    }
    return Grant(
      id: 0, pipeline: pipeline.id, recipient: try await recipient(arguments, call),
      actions: Set(arguments[GrantMembers.actions]),
      cards: arguments[optional: GrantMembers.cards] ?? .own, outcome: outcome, stages: stages)
  }

  private static func recipient(
    _ arguments: Arguments, _ call: TenantCall
  ) async throws -> GrantRecipient {
    let to = arguments[GrantMembers.to]
    if let id = to[optional: GrantMembers.user] {
      try await UserSight.require(id, call)
      return .user(id)
    }
    if let id = to[optional: GrantMembers.team] {
      try await TeamSight.require(id, call)
      return .team(id)
    }
    guard to[optional: GrantMembers.everyone] == true else {
      throw RPCError.invalidParams([
        FieldProblem(path: "to", problem: "has to name a user, a team, or everyone as true")
      ])
    }
    return .everyone
  }
}
