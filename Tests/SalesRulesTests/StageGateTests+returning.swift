internal import Testing

@testable internal import SalesRules

/// Coming back, and coming from elsewhere.
extension StageGateTests {
  // MARK: - Coming back

  @Test(arguments: [
    ("2026-02-28T00:00:00Z", true), ("2026-01-30T09:00:01Z", true), ("2026-01-30T09:00:00Z", false),
    ("2025-01-01T00:00:00Z", false),
  ]) func `A lost card is reopened for less than thirty days`(_ closed: String, _ isOpen: Bool)
    throws
  {
    let lost = card(6, .lost, closed: closed, lastOpen: 2)
    let verdict = decide(.reopen(lost))
    #expect(verdict.isAllowed == isOpen)
    let until = try #require(Timestamp(closed)).adding(seconds: 30 * 86_400)
    if !isOpen { #expect(verdict.refusals == [.reopenWindowPassed(until: until)]) }
    #expect(decide(.reopen(lost), rules: ClosingRules(reopenDays: 100_000)).isAllowed)
    #expect(!decide(.reopen(lost), rules: ClosingRules(reopenDays: 0)).isAllowed)
  }

  @Test func `It goes where the pipeline reopens, else where it was, or where it is told`() {
    let lost = card(6, .lost, closed: "2026-02-28T00:00:00Z", lastOpen: 2)
    #expect(decide(.reopen(lost)) == .allowed(GatePassage(stage: 2, outcome: .open)))
    #expect(
      decide(.reopen(lost), in: design(reopensInto: 1))
        == .allowed(GatePassage(stage: 1, outcome: .open)))
    #expect(decide(.reopen(lost, stage: 3)).refusals == [.missing([Self.amount])])
    #expect(decide(.reopen(lost, stage: 5)).refusals == [.wrongStageKind(expected: .open)])
    // A stage that is gone or no longer open counts as not known.
    #expect(
      decide(.reopen(lost), in: design(reopensInto: 99))
        == .allowed(GatePassage(stage: 2, outcome: .open)))
    #expect(
      decide(.reopen(card(6, .lost, lastOpen: 99)))
        == .allowed(GatePassage(stage: 1, outcome: .open)))
    #expect(decide(.reopen(card())).refusals == [.notClosed])
    #expect(decide(.reopen(card(5, .won))).refusals == [.wonIsFinal])
  }

  @Test func `Into another stage than that, reopening is a move from where it was`() {
    let strict = PipelineRules(noBack: .enforce, noSkip: .enforce)
    let early = card(6, .lost, lastOpen: 1)
    #expect(
      decide(.reopen(early, stage: 4), in: design(rules: strict)).refusals == [
        .noSkip(skipped: [2, 3]), .missing([Self.amount, Self.reachable]),
      ])
    #expect(decide(.reopen(early, stage: 2), in: design(rules: strict)).isAllowed)
    let late = card(6, .lost, lastOpen: 3)
    #expect(decide(.reopen(late, stage: 1), in: design(rules: strict)).refusals == [.noBack])
    #expect(
      decide(.reopen(late, stage: 1), in: design(rules: PipelineRules(noBack: .warn))).warnings
        == [.noBack])
    // Where it was, and where the pipeline reopens, it goes freely; the stage's own fields are asked.
    #expect(
      decide(.reopen(late, stage: 3), in: design(rules: strict)).refusals == [
        .missing([Self.amount])
      ])
    let thinking = design(rules: strict, reopensInto: 2)
    #expect(decide(.reopen(late), in: thinking).isAllowed)
    #expect(decide(.reopen(late, stage: 2), in: thinking).isAllowed)
    #expect(decide(.reopen(late, stage: 1), in: thinking).refusals == [.noBack])
    // Of which nothing is known any more, begins as a new one does.
    #expect(
      decide(.reopen(card(6, .lost, lastOpen: 99), stage: 2), in: design(rules: strict)).refusals
        == [.noSkip(skipped: [1])])
  }

  @Test func `The card that a copy or conversion makes begins as any new card does`() {
    let strict = design(2, rules: PipelineRules(noSkip: .enforce))
    let refusals: [GateProblem] = [.noSkip(skipped: [1, 2, 3]), .missing([Self.amount])]
    let copied = card(5, .won)
    let phone: Set<String> = ["phone"]
    #expect(
      decide(.copy(copied, into: strict, stage: 4, filled: phone, hasOpenCopy: false)).refusals
        == refusals)
    let lead = card(kind: .lead, filled: Self.everything)
    #expect(
      decide(.convert(lead, into: strict, stage: 4, filled: phone), in: design(1, .lead)).refusals
        == refusals)
    #expect(
      decide(.transfer(card(filled: phone), into: strict, stage: 4)).refusals == refusals)
    #expect(decide(.create(filled: phone, stage: 4), in: strict).refusals == refusals)
  }

  @Test
  func `A lost deal made anew goes on where the pipeline reopens, with that stage's own fields`() {
    let lost = card(6, .lost, closed: "2025-12-01T00:00:00Z")
    let thinking = design(rules: PipelineRules(noSkip: .enforce), reopensInto: 4)
    let copy = { (stage: Int64?, filled: Set<String>, card: GateCard) in
      decide(
        .copy(
          card, into: thinking, stage: stage, filled: filled.union(["last_contact"]),
          hasOpenCopy: false), in: thinking)
    }
    #expect(copy(4, ["phone"], lost).isAllowed)
    // Also where no stage is named; without such a stage it begins as any new card does.
    #expect(
      copy(nil, ["phone"], lost)
        == .allowed(GatePassage(stage: 6, outcome: .lost, entered: 4)))
    #expect(
      decide(.copy(lost, into: design(), filled: ["last_contact"], hasOpenCopy: false))
        == .allowed(GatePassage(stage: 6, outcome: .lost, entered: 1)))
    #expect(
      copy(nil, [], card(5, .won)) == .allowed(GatePassage(stage: 5, outcome: .won, entered: 1)))
    #expect(copy(4, [], lost).refusals == [.missing([Self.reachable])])
    #expect(
      copy(3, [], lost).refusals == [.noSkip(skipped: [1, 2]), .missing([Self.amount])])
    // What was won, or lost elsewhere, is no renewal.
    #expect(!copy(4, ["phone"], card(5, .won)).isAllowed)
    #expect(
      !decide(
        .copy(
          lost, into: design(2, reopensInto: 4), stage: 4, filled: ["phone"], hasOpenCopy: false)
      ).isAllowed)
  }

  @Test func `In its own pipeline a deal is made anew only where it can't go on as it is`() {
    let copy = { (card: GateCard, pipeline: Int64, rules: ClosingRules) in
      decide(
        .copy(card, into: self.design(pipeline), filled: ["last_contact"], hasOpenCopy: false),
        reason: card.outcome == .open ? self.win : nil, rules: rules)
    }
    let usual = ClosingRules()
    // An open one is moved; else winning it so would lead back to the beginning past every rule.
    let open = card(3, filled: Self.everything)
    #expect(copy(open, 1, usual).refusals == [.ownPipeline])
    #expect(copy(open, 2, usual).isAllowed)
    // One lost of late is reopened; else the two would be worked on at once.
    let lost = card(6, .lost, closed: "2026-02-28T00:00:00Z")
    let until = Self.now.adding(seconds: 30 * 86_400 - 33 * 3600)
    #expect(copy(lost, 1, usual).refusals == [.reopenInstead(until: until)])
    #expect(decide(.reopen(lost)).isAllowed)
    #expect(copy(lost, 2, usual).isAllowed)
    let late = ClosingRules(reopenDays: 1)
    #expect(copy(lost, 1, late).isAllowed)
    #expect(!decide(.reopen(lost), rules: late).isAllowed)
    // A regular customer's is won, and begins anew at once.
    let won = card(5, .won, closed: "2026-02-28T00:00:00Z")
    #expect(copy(won, 1, usual).isAllowed)
  }

  @Test func `A deal made anew after the window carries a last-contact status`() {
    let old = card(6, .lost, closed: "2025-12-01T00:00:00Z")
    #expect(
      decide(.copy(old, into: design(), filled: [], hasOpenCopy: false)).refusals == [
        .lastContactRequired
      ])
    #expect(
      decide(.copy(old, into: design(), filled: ["last_contact"], hasOpenCopy: false)).isAllowed)
    let fresh = card(6, .lost, closed: "2026-02-28T00:00:00Z")
    #expect(decide(.copy(fresh, into: design(2), filled: [], hasOpenCopy: false)).isAllowed)
    #expect(decide(.copy(old, into: design(2), filled: [], hasOpenCopy: false)).isAllowed)
    let lenient = ClosingRules(requireLastContactOnRenewal: false)
    #expect(
      decide(.copy(old, into: design(), filled: [], hasOpenCopy: false), rules: lenient).isAllowed)
  }

  // MARK: - Imports

  @Test func `An exempt import is told the rules of selling as warnings, and is held to the rest`()
  {
    #expect(
      decide(.import(filled: [], stage: 3, exempt: true)).warnings == [.missing([Self.amount])])
    #expect(
      decide(.import(filled: [], stage: 3, exempt: false)).refusals == [.missing([Self.amount])])
    #expect(
      decide(.import(filled: [], stage: 6, exempt: true)).warnings
        == [.reasonRequired(.loss), .commentRequired])
    #expect(
      decide(.import(filled: [], stage: 6, exempt: true), reason: win).refusals == [
        .wrongReason(expected: .loss)
      ])
    #expect(decide(.import(filled: [], stage: 9, exempt: true)).refusals == [.unknownStage])
    #expect(
      decide(.import(filled: [], stage: 6, exempt: false), reason: invalid)
        == .allowed(GatePassage(stage: 6, outcome: .lost)))
    let everything = Self.everything
    #expect(
      decide(.import(filled: everything, stage: 5, exempt: false)).refusals == [
        .reasonRequired(.win)
      ])
    #expect(
      decide(.import(filled: everything, stage: 5, exempt: false), in: design(1, .lead)).isAllowed)
  }

  @Test func `What is imported goes the way that is told of it, stage by stage`() {
    let strict = design(rules: PipelineRules(noBack: .enforce, noSkip: .enforce))
    let bring = { (path: [Int64], filled: Set<String>, exempt: Bool) in
      decide(
        .import(
          filled: filled, past: path.dropLast(), stage: path.last ?? 0, exempt: exempt),
        in: strict, reason: path.last == 5 ? win : path.last == 6 ? loss : nil, comment: "Да")
    }
    let all = Self.everything
    #expect(
      bring([4], [], false).refusals == [
        .noSkip(skipped: [1, 2, 3]), .missing([Self.amount, Self.reachable]),
      ])
    #expect(bring([1, 2, 3, 4], all, false).isAllowed)
    #expect(bring([1, 4], all, false).refusals == [.noSkip(skipped: [2, 3])])
    #expect(bring([1, 2, 1], all, false).refusals == [.noBack])
    #expect(
      bring([3, 1, 4], all, false).refusals == [.noBack, .noSkip(skipped: [1, 2, 3])])
    // It is won from where it was, and owes what lay ahead.
    #expect(bring([1, 5], all, false).isAllowed)
    #expect(bring([1, 5], ["phone"], false).refusals == [.missing([Self.amount])])
    #expect(bring([1, 6], [], false).isAllowed)
    // Lost on its way and taken up again it goes on from where it was.
    #expect(bring([1, 2, 6, 3], all, false).isAllowed)
    #expect(bring([1, 2, 6, 1], all, false).refusals == [.noBack])
    #expect(bring([3, 1, 4], [], true).isAllowed)
    #expect(bring([1, 99, 2], all, true).refusals == [.unknownStage])
  }
}
