internal import Testing

@testable internal import SalesRules

/// The gate against `PlainGate`, on designs, cards and steps by chance.
@Suite struct GateReferenceTests {
  private static let keys = ["amount", "phone", "email", "contact", "budget", "last_contact"]
  private static let now = Timestamp("2026-03-01T09:00:00Z") ?? .earliest

  @Test(arguments: 0..<8 as Range<UInt64>)
  func `The gate says what the rules say one by one, on 4,000 steps by chance`(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var (allowed, refused, warned) = (0, 0, 0)
    for _ in 0..<4_000 {
      let request = Self.request(using: &random)
      let plain = PlainGate(request: request)
      let verdict = StageGate.decide(request)
      #expect(Self.ordered(verdict.refusals) == Self.ordered(plain.refusals), "\(request)")
      #expect(Set(verdict.refusals).count == verdict.refusals.count, "\(request)")
      guard case .allowed(let passage) = verdict else {
        refused += 1
        continue
      }
      allowed += 1
      if !passage.warnings.isEmpty { warned += 1 }
      #expect(Self.ordered(passage.warnings) == Self.ordered(plain.warnings), "\(request)")
      #expect(passage.stage == plain.end?.stage, "\(request)")
      #expect(passage.outcome == plain.end?.outcome, "\(request)")
      #expect(passage.entered == plain.end?.entered, "\(request)")
    }
    // Chance brings enough of each.
    #expect(allowed > 300 && refused > 300 && warned > 30, "\(allowed) \(refused) \(warned)")
  }

  /// What is missing is told in no particular order.
  private static func ordered(_ problems: some Sequence<GateProblem>) -> Set<GateProblem> {
    Set(
      problems.map { problem in
        guard case .missing(let fields) = problem else { return problem }
        return .missing(fields.sorted { $0.description < $1.description })
      })
  }

  // MARK: - Chance

  private static func flip(_ of: Int, using random: inout SeededGenerator) -> Bool {
    Int.random(in: 0..<of, using: &random) == 0
  }

  private static func request(using random: inout SeededGenerator) -> GateRequest {
    let own = design(1, using: &random)
    let target = design(flip(5, using: &random) ? 1 : 2, using: &random)
    let rules = ClosingRules(
      requireLossReason: .random(using: &random), requireLossComment: .random(using: &random),
      requireWinReason: .random(using: &random), requireWinComment: .random(using: &random),
      requireInvalidReason: .random(using: &random),
      reopenDays: Int.random(in: 1...40, using: &random),
      requireLastContactOnRenewal: .random(using: &random),
      requirePaidInvoice: flip(3, using: &random),
      requireInvalidComment: flip(3, using: &random))
    return GateRequest(
      step(own, target.id == 1 ? own : target, using: &random), in: own,
      rights: flip(2, using: &random) ? .all : rights(using: &random),
      reason: reason(using: &random),
      comment: [nil, " ", "Дорого"].randomElement(using: &random) ?? nil,
      reasonsAvailable: Set(ReasonKind.allCases.filter { _ in Bool.random(using: &random) }),
      rules: rules, now: now)
  }

  private static func rights(using random: inout SeededGenerator) -> GateRights {
    GateRights(
      onCard: Set(Action.allCases.filter { _ in !flip(4, using: &random) }),
      onTarget: Set(Action.allCases.filter { _ in !flip(4, using: &random) }))
  }

  private static func reason(using random: inout SeededGenerator) -> GateReason? {
    guard Bool.random(using: &random), let kind = ReasonKind.allCases.randomElement(using: &random)
    else { return nil }
    return GateReason(
      id: 1, kind: kind, isActive: !flip(5, using: &random),
      requiresComment: [nil, nil, true, false].randomElement(using: &random) ?? nil)
  }

  private static func filled(using random: inout SeededGenerator) -> Set<String> {
    Set(keys.filter { _ in !flip(3, using: &random) })
  }

  private static func design(_ id: Int64, using random: inout SeededGenerator) -> PipelineDesign {
    let open = Int.random(in: 1...5, using: &random)
    var kinds = [StageKind](repeating: .open, count: open)
    if !flip(12, using: &random) { kinds.append(.won) }
    kinds += [StageKind](repeating: .lost, count: Int.random(in: 1...2, using: &random))
    // Closing stages mostly stand at the end, but the gate does not rely on it.
    if flip(4, using: &random) { kinds.shuffle(using: &random) }
    let stages = kinds.enumerated().map { index, kind in
      GateStage(
        id: id * 10 + Int64(index), position: index * 2 + 1, kind: kind,
        required: flip(2, using: &random) ? [requirement(using: &random)] : [],
        isExit: kind == .open && flip(4, using: &random))
    }
    let strength = { (random: inout SeededGenerator) in
      RuleStrength.allCases.randomElement(using: &random) ?? .off
    }
    return PipelineDesign(
      id: id, kind: flip(3, using: &random) ? .lead : .deal,
      stages: stages.shuffled(using: &random),
      rules: PipelineRules(
        noBack: strength(&random), noSkip: strength(&random), crossOnlyByWin: strength(&random)),
      isFrozen: flip(6, using: &random), isArchived: flip(9, using: &random),
      reopensInto: flip(2, using: &random) ? stages.randomElement(using: &random)?.id : nil)
  }

  private static func requirement(using random: inout SeededGenerator) -> FieldRequirement {
    let some = keys.shuffled(using: &random).prefix(Int.random(in: 1...2, using: &random))
    return FieldRequirement(some.joined(separator: "|")) ?? FieldRequirement(.amount)
  }

  private static func card(
    in design: PipelineDesign, using random: inout SeededGenerator
  ) -> GateCard {
    let stage = design.stages.randomElement(using: &random)
    let isElsewhere = flip(15, using: &random)
    let outcome = stage?.kind.outcome ?? .open
    let ago = Int64.random(in: 0...60, using: &random) * 86_400
    return GateCard(
      kind: flip(15, using: &random) ? .lead : design.kind, pipeline: isElsewhere ? 7 : design.id,
      stage: flip(20, using: &random) ? 99 : stage?.id ?? 99, outcome: outcome,
      closedAt: outcome == .open ? nil : now.adding(seconds: -ago),
      lastOpenStage: flip(2, using: &random)
        ? design.stages.randomElement(using: &random)?.id : nil,
      filled: filled(using: &random), hasPaidInvoice: .random(using: &random))
  }

  private static func stage(
    of design: PipelineDesign, using random: inout SeededGenerator
  ) -> Int64 {
    flip(20, using: &random) ? 98 : design.stages.randomElement(using: &random)?.id ?? 98
  }

  private static func step(
    _ own: PipelineDesign, _ target: PipelineDesign, using random: inout SeededGenerator
  ) -> GateStep {
    let card = card(in: own, using: &random)
    let named = flip(2, using: &random) ? stage(of: own, using: &random) : nil
    let begun = flip(2, using: &random) ? stage(of: target, using: &random) : nil
    let filled = filled(using: &random)
    switch Int.random(in: 0..<12, using: &random) {
    case 0: return .create(filled: filled, stage: named)
    case 1:
      return .import(
        filled: filled,
        past: (0..<Int.random(in: 0...4, using: &random)).map { _ in
          stage(of: own, using: &random)
        }, stage: stage(of: own, using: &random), exempt: .random(using: &random))
    case 2, 3: return .move(card, to: stage(of: own, using: &random))
    case 4: return .transfer(card, into: target, stage: begun)
    case 5: return .win(card)
    case 6: return .lose(card, stage: named)
    case 7: return .invalidate(card, stage: named)
    case 8:
      let exits = own.stages.filter(\.isExit).map(\.id)
      return .convert(
        card, into: target, stage: begun, filled: filled,
        through: flip(2, using: &random)
          ? exits.randomElement(using: &random) ?? stage(of: own, using: &random) : nil)
    case 9:
      return .copy(
        card, into: target, stage: begun, filled: filled, hasOpenCopy: flip(5, using: &random))
    case 10: return .reopen(card, stage: named)
    default:
      return .relocate(
        from: stage(of: own, using: &random), into: target,
        to: stage(of: target, using: &random))
    }
  }
}
