internal import JSON
internal import JSONRPC
internal import SalesRules

/// The one way from a request to `StageGate`, and from its answer to what the caller is told.
enum CardGate {
  /// Decides a step in a pipeline.
  static func decide(
    _ step: GateStep, in pipeline: Pipeline, rights: GateRights, reason: GateReason? = nil,
    comment: String? = nil, _ call: TenantCall
  ) -> GateVerdict {
    StageGate.decide(request(step, in: pipeline, rights: rights, reason, comment, call))
  }

  /// Decides a step by which somebody may become responsible, in the pipeline `target` into which it leads: where
  /// a stage there demands one, it is found out first whether there will be one in the stage that is entered.
  static func decide(
    _ step: GateStep, in pipeline: Pipeline, into target: Pipeline, rights: GateRights,
    reason: GateReason? = nil, comment: String? = nil, _ call: TenantCall,
    foreseeing isSomebodys: (_ stage: Int64) async throws -> Bool
  ) async throws -> GateVerdict {
    var request = request(step, in: pipeline, rights: rights, reason, comment, call)
    if target.demandsResponsible, let stage = StageGate.destination(of: request) {
      request.step = step.leaving(responsible: try await isSomebodys(stage))
    }
    return StageGate.decide(request)
  }

  private static func request(
    _ step: GateStep, in pipeline: Pipeline, rights: GateRights, _ reason: GateReason?,
    _ comment: String?, _ call: TenantCall
  ) -> GateRequest {
    GateRequest(
      step, in: pipeline.design, rights: rights, reason: reason, comment: comment,
      reasonsAvailable: call.company.reasonsAvailable, rules: call.company.gateRules,
      now: call.now)
  }

  /// Where the step leads; throws all that stands in its way.
  static func pass(_ verdict: GateVerdict) throws(RPCError) -> GatePassage {
    switch verdict {
    case .allowed(let passage): return passage
    case .refused(let problems): throw error(problems)
    }
  }

  /// What is told of refusals, all at once. Rights come first, then what is frozen.
  static func error(_ problems: [GateProblem]) -> RPCError {
    if problems == [.unknownStage] { return .notFound(what: "stage") }
    let message = problems.map(\.sentence).joined(separator: " ")
    var data: [(name: String, value: JSON)] = []
    var lacking: [JSON] = []
    for problem in problems {
      if case .right(let action) = problem {
        lacking.append(.string(action.rawValue))
        if lacking.count > 1 { continue }
      }
      let told = detail(problem)
      // Both ways of a conversion may leave stages out.
      if let index = data.firstIndex(where: { $0.name == problem.code }) {
        if let before = data[index].value.array, let more = told.array {
          data[index].value = .array(before + more)
        }
      } else {
        data.append((name: problem.code, value: told))
      }
    }
    if lacking.count > 1 { data.append((name: "needs_all", value: .array(lacking))) }
    if !lacking.isEmpty { return RPCError(.forbidden, message, data: data) }
    let isFrozen = problems.contains { $0 == .frozen || $0 == .archived }
    return isFrozen
      ? RPCError(.frozen, message, data: data) : .stageRule(message, data: data)
  }

  /// What a problem's member says besides its name.
  static func detail(_ problem: GateProblem) -> JSON {
    switch problem {
    case .right(let action): .string(action.rawValue)
    case .missing(let fields): .array(fields.map { .string($0.description) })
    case .noSkip(let skipped): .array(skipped.map { .integer($0) })
    case .reasonRequired(let kind), .wrongReason(let kind): .string(kind.rawValue)
    case .alreadyClosed(let outcome): .string(outcome.rawValue)
    case .reopenWindowPassed(let until), .reopenInstead(let until): .string(until.description)
    case .exit(let stage): .integer(stage)
    case .wrongKind(let kind): .string(kind.rawValue)
    case .wrongStageKind(let kind): .string(kind.rawValue)
    default: true
    }
  }
}

extension [GateProblem] {
  /// As an answer tells them.
  var warnings: [CardWarning] { map(CardWarning.init) }

  /// The member `warnings` of an answer; absent where there are none.
  func writeWarnings(to writer: inout JSONWriter) { warnings.writeWarnings(to: &writer) }

  /// The same as a list, which may be empty.
  func writeList(to writer: inout JSONWriter) { warnings.writeList(to: &writer) }
}

extension Standing {
  /// What the gate asks of the rights on a card, and on the pipeline into which a step leads.
  func gateRights(on card: RightsCard, into target: Int64? = nil) -> GateRights {
    if holdsEverything { return .all }
    var rights = GateRights(onCard: [])
    for action in [Action.move, .close] where holds(action, on: card) {
      rights.onCard.insert(action)
    }
    if let target, holds(.create, onPipeline: target) { rights.onTarget.insert(.create) }
    return rights
  }

  /// What the gate asks of the rights on a pipeline.
  func gateRights(in pipeline: Int64) -> GateRights {
    if holdsEverything { return .all }
    return GateRights(
      onCard: Set([Action.create, .configure].filter { holds($0, onPipeline: pipeline) }))
  }
}

extension TenantCall {
  /// Reads what a step is given. Whoever lacks one of the rights to take the step is told of that, and of
  /// nothing that is wrong with what they gave.
  func given<Value>(
    to actions: [Action], on card: Card, _ read: () async throws -> Value
  ) async throws -> Value {
    do {
      return try await read()
    } catch let error as RPCError {
      let lacking = actions.filter { !standing.holds($0, on: card.place) }
      guard lacking.isEmpty else { throw CardGate.error(lacking.map { .right($0) }) }
      throw error
    }
  }

  /// A reason of the company's lists, as the gate sees it.
  func gateReason(_ id: Int64?) throws(RPCError) -> GateReason? {
    guard let id else { return nil }
    guard let reason = company.reason(id) else { throw .notFound(what: "reason") }
    return reason.gateReason
  }
}
