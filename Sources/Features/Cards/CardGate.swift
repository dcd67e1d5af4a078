internal import JSON
internal import JSONRPC
internal import SalesRules

/// The one way from a request to `StageGate`, and from its refusals to what the caller is told.
enum CardGate {
  /// Decides a step in a pipeline; throws all that stands in its way.
  static func pass(
    _ step: GateStep, in pipeline: Pipeline, reason: Int64? = nil, comment: String? = nil,
    _ call: TenantCall
  ) throws -> GatePassage {
    var named: GateReason?
    if let reason {
      guard let known = call.company.reason(reason) else {
        throw RPCError.notFound(what: "reason")
      }
      named = known.gateReason
    }
    let verdict = StageGate.decide(
      GateRequest(
        step, in: pipeline.design, reason: named, comment: comment,
        reasonsAvailable: call.company.reasonsAvailable, rules: call.company.rules, now: call.now))
    switch verdict {
    case .allowed(let passage): return passage
    case .refused(let problems): throw error(problems)
    }
  }

  /// What is told of refusals, all at once.
  static func error(_ problems: [GateProblem]) -> RPCError {
    if problems == [.unknownStage] { return .notFound(what: "stage") }
    let message = problems.map(\.sentence).joined(separator: " ")
    let isFrozen = problems.contains { $0 == .frozen || $0 == .archived }
    let data = problems.map { (name: $0.code, value: detail($0)) }
    return isFrozen
      ? RPCError(.frozen, message, data: data) : .stageRule(message, data: data)
  }

  private static func detail(_ problem: GateProblem) -> JSON {
    switch problem {
    case .missing(let fields): .array(fields.map { .string($0.description) })
    case .noSkip(let skipped): .array(skipped.map { .integer($0) })
    case .reasonRequired(let kind), .wrongReason(let kind): .string(kind.rawValue)
    case .alreadyClosed(let outcome): .string(outcome.rawValue)
    case .reopenWindowPassed(let until): .string(until.description)
    case .wrongKind(let kind): .string(kind.rawValue)
    case .wrongStageKind(let kind): .string(kind.rawValue)
    default: true
    }
  }
}
