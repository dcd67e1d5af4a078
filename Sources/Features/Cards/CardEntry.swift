internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `card.can_enter`: the step is read and decided as if it were taken, and what the gate says is the answer.
struct CardEntry {
  /// The steps that can be asked about.
  enum Step: String, CaseIterable, Sendable {
    case move
    case win
    case lose
    case invalidate
    case reopen
    case convert
    case copy
  }

  static let step = Member<Step>.choice(
    "step", "What is to happen; move where it is absent and a stage is named.")

  static let method = Method(
    "card.can_enter",
    "Whether a step of a lead or deal would be taken, and what stands in its way.",
    details:
      "`step` with the members that the step itself takes. Nothing is changed. A step that would "
      + "be refused answers `allowed` false with the very error as `refusal`; what is wrong with the "
      + "members themselves is an error here as there.",
    takes: [
      .required(CommonMembers.id), .optional(step), .optional(CardMembers.stage),
      .optional(CardMembers.pipeline), .optional(CardMembers.title), .optional(CardMembers.amount),
      .optional(CardMembers.responsible), .optional(CardMembers.reason),
      .optional(CardMembers.comment), .optional(CardMembers.fields), .optional(CardMembers.deal),
      .optional(CardMembers.lastContact),
    ],
    gives: .object(
      [
        "allowed": .boolean, "step": .choice(Step.allCases.map(\.rawValue)),
        "stage": .identifier, "outcome": .choice(Outcome.allCases.map(\.rawValue)),
        "warnings": .array(of: .anyObject), "refusal": .anyObject,
      ], required: ["allowed", "step"]),
    errors: [.notFound, .invalid],
    .read(.member) { call in try await CardEntry(call).answer() })

  private let call: TenantCall
  private let arguments: Arguments

  init(_ call: TenantCall) {
    self.call = call
    arguments = call.arguments
  }

  func answer() async throws -> RawJSON {
    let step = try step()
    let steps = try await steps()
    do {
      if let conversion = conversion(of: step, steps) {
        let decision = try await conversion.decide()
        if try await conversion.already(decision) != nil {
          let lead = decision.reading.card
          return answer(step, stage: lead.stage, lead.outcome, [])
        }
      }
      let passage = try CardGate.pass(try await verdict(of: step, steps))
      return answer(step, stage: passage.stage, passage.outcome, passage.warnings)
    } catch let error as RPCError where Self.refusals.contains(error.kind) {
      return answer(step, isAllowed: false) {
        $0.member("refusal") {
          $0.member("code", error.code)
          $0.member("kind", error.kind)
          $0.member("message", error.message)
          for member in error.data {
            $0.name(member.name)
            $0.value(member.value)
          }
        }
      }
    }
  }

  /// What the gate refuses with.
  private static let refusals = Set(
    [ErrorKind.forbidden, .stageRule, .frozen].map(\.rawValue))

  private func answer(
    _ step: Step, stage: Int64, _ outcome: Outcome, _ warnings: [GateProblem]
  ) -> RawJSON {
    answer(step) {
      $0.member("stage", stage)
      $0.member("outcome", outcome.rawValue)
      $0.name("warnings")
      warnings.writeList(to: &$0)
    }
  }

  private func answer(
    _ step: Step, isAllowed: Bool = true, _ further: (inout JSONWriter) -> Void
  ) -> RawJSON {
    RawJSON {
      $0.object {
        $0.member("allowed", isAllowed)
        $0.member("step", step.rawValue)
        further(&$0)
      }
    }
  }

  private func step() throws(RPCError) -> Step {
    let hasStage = arguments.has(CardMembers.stage.name)
    guard let step = arguments[optional: Self.step] ?? (hasStage ? .move : nil) else {
      throw missing("step", "is missing: name a step, or a stage to move to")
    }
    if step == .move, !hasStage { throw missing("stage", "is missing") }
    if [.convert, .copy].contains(step), !arguments.has(CardMembers.pipeline.name) {
      throw missing("pipeline", "is missing")
    }
    return step
  }

  private func missing(_ path: String, _ problem: String) -> RPCError {
    .invalid([FieldProblem(path: path, problem: problem)])
  }

  private func steps() async throws -> CardSteps {
    let rows = try await call.read(
      CardStatements.kind(call.tenantParameter, .integer(arguments[CommonMembers.id])))
    guard let row = rows[0].first else { throw RPCError.notFound(what: "card") }
    let kind: CardKind = try row.word(0)
    return CardSteps(kind: kind, call: call)
  }

  /// The conversion of a lead that the step is, by hand or by a stage that transfers.
  private func conversion(of step: Step, _ steps: CardSteps) -> CardSuccession? {
    guard steps.kind == .lead else { return nil }
    if step == .convert { return CardSuccession(.conversion, call) }
    guard step == .move, let stage = steps.transferStage else { return nil }
    return CardSuccession(.conversion, call, through: stage)
  }

  private func verdict(of step: Step, _ steps: CardSteps) async throws -> GateVerdict {
    let kind = steps.kind
    if let conversion = conversion(of: step, steps) { return try await conversion.decide().verdict }
    switch step {
    case .move: return try await steps.moving().verdict
    case .win where kind == .lead: return .refused([.convertRequired])
    case .win: return try await steps.winning().verdict
    case .lose: return try await steps.losing().verdict
    case .invalidate: return try await steps.invalidating().verdict
    case .reopen: return try await steps.reopening().verdict
    case .convert where kind == .deal, .copy where kind == .lead:
      return .refused([.wrongKind(kind)])
    case .convert: return try await CardSuccession(.conversion, call).decide().verdict
    case .copy: return try await CardSuccession(.copy, call).decide().verdict
    }
  }
}
