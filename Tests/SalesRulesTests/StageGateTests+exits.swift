internal import Testing

@testable internal import SalesRules

/// Ways out of the first line, and stages from under which cards are taken.
extension StageGateTests {
  private static let address = FieldRequirement(.company)

  /// Leads: 1 and 2 open, 3 and 4 ways out, 6 open behind them, 5 won, 7 lost. The fourth wants an address that
  /// nobody else wants.
  private func leads(
    _ strength: RuleStrength = .enforce, reopensInto: Int64? = nil
  ) -> PipelineDesign {
    PipelineDesign(
      id: 1, kind: .lead,
      stages: [
        GateStage(id: 1, position: 1, kind: .open), GateStage(id: 2, position: 2, kind: .open),
        GateStage(id: 3, position: 3, kind: .open, required: [Self.reachable], isExit: true),
        GateStage(id: 4, position: 4, kind: .open, required: [Self.address], isExit: true),
        GateStage(id: 6, position: 5, kind: .open), GateStage(id: 5, position: 6, kind: .won),
        GateStage(id: 7, position: 7, kind: .lost),
      ], rules: PipelineRules(noBack: strength, noSkip: strength), reopensInto: reopensInto)
  }

  private func lead(
    _ stage: Int64, _ filled: Set<String> = [], _ outcome: Outcome = .open, lastOpen: Int64? = nil
  ) -> GateCard {
    card(
      stage, outcome, kind: .lead,
      closed: outcome == .open ? nil : "2026-02-28T00:00:00Z", lastOpen: lastOpen, filled: filled)
  }

  @Test func `Each way out asks for its own alone, and none is passed on the way to another stage`()
  {
    let out = { (lead: GateCard, exit: Int64?) in
      decide(.convert(lead, into: design(2), filled: [], through: exit), in: leads())
    }
    #expect(
      out(lead(2, ["phone"]), 3) == .allowed(GatePassage(stage: 5, outcome: .won, entered: 1)))
    #expect(out(lead(2, ["company"]), 4).isAllowed)
    #expect(out(lead(2, ["company"]), 3).refusals == [.missing([Self.reachable])])
    #expect(out(lead(2, ["phone"]), 4).refusals == [.missing([Self.address])])
    // By hand none is taken, and none asks.
    #expect(out(lead(2), nil).isAllowed)
    #expect(decide(.move(lead(2), to: 6), in: leads()).isAllowed)
    #expect(decide(.create(filled: [], stage: 6), in: leads(.off)).isAllowed)
    // Other stages are skipped as ever, and going out is never going back.
    #expect(out(lead(1, ["phone"]), 3).refusals == [.noSkip(skipped: [2])])
    #expect(out(lead(6, ["phone"]), 3).isAllowed)
    #expect(out(lead(4, ["phone"]), 3).isAllowed)
    #expect(decide(.move(lead(6), to: 2), in: leads()).refusals == [.noBack])
    // Where it leads is one of them, and it takes the right to move.
    #expect(out(lead(2), 6).refusals == [.unknownStage])
    let closer = GateRights(onCard: [.close], onTarget: [.create])
    #expect(
      decide(
        .convert(lead(2), into: design(2), filled: [], through: 4), in: leads(), rights: closer
      ).refusals == [.right(.move), .missing([Self.address])])
  }

  @Test func `No lead stands in a way out, and that is told together with the rest`() {
    #expect(
      decide(.create(filled: [], stage: 4), in: leads()).refusals
        == [.exit(stage: 4), .noSkip(skipped: [1, 2]), .missing([Self.address])])
    #expect(decide(.move(lead(2, ["company"]), to: 4), in: leads()).refusals == [.convertRequired])
    // To whom stood there before it became one nothing happens.
    #expect(decide(.move(lead(4), to: 4), in: leads()).isAllowed)
    #expect(
      decide(.relocate(from: 2, into: leads(), to: 3), in: leads()).refusals == [.exit(stage: 3)])
    // The first stage is the first in which leads stand.
    let exitFirst = PipelineDesign(
      id: 1, kind: .lead,
      stages: [
        GateStage(id: 1, position: 1, kind: .open, isExit: true),
        GateStage(id: 2, position: 2, kind: .open), GateStage(id: 5, position: 3, kind: .won),
      ])
    #expect(
      decide(.create(filled: []), in: exitFirst) == .allowed(GatePassage(stage: 2, outcome: .open)))
  }

  @Test func `A lead lost in a stage that became a way out is not reopened into it`() {
    let lost = lead(7, ["company"], .lost, lastOpen: 4)
    #expect(
      decide(.reopen(lost), in: leads()) == .allowed(GatePassage(stage: 1, outcome: .open)))
    #expect(decide(.reopen(lost, stage: 4), in: leads()).refusals.contains(.exit(stage: 4)))
    #expect(
      decide(.reopen(lost), in: leads(reopensInto: 4))
        == .allowed(GatePassage(stage: 1, outcome: .open)))
    #expect(
      decide(.reopen(lost), in: leads(reopensInto: 2))
        == .allowed(GatePassage(stage: 2, outcome: .open)))
  }

  @Test(arguments: [true, false])
  func `An import goes through a way out to the good end and stays in none, exempt or not`(
    _ exempt: Bool
  ) {
    let bring = { (path: [Int64]) in
      decide(
        .import(
          filled: Self.everything.union(["company"]), past: path.dropLast(), stage: path.last ?? 0,
          exempt: exempt), in: leads(), reason: path.last == 7 ? loss : nil, comment: "Да")
    }
    #expect(bring([1, 2, 3, 5]).isAllowed)
    #expect(bring([1, 2, 6]).isAllowed)
    for path: [Int64] in [[4], [1, 2, 4], [4, 5], [1, 2, 4, 6], [1, 2, 4, 7]] {
      #expect(bring(path).refusals.contains(.exit(stage: 4)), "\(path)")
    }
  }

  @Test func `Cards from under which a stage is taken go on, and what the rules say is a warning`()
  {
    let strict = PipelineRules(noBack: .enforce, noSkip: .enforce, crossOnlyByWin: .enforce)
    let verdict = { (from: Int64, to: Int64) in
      decide(.relocate(from: from, into: design(rules: strict), to: to), in: design(rules: strict))
    }
    #expect(verdict(1, 2) == .allowed(GatePassage(stage: 2, outcome: .open)))
    #expect(Set(verdict(2, 1).warnings) == [.noBack])
    #expect(
      Set(verdict(1, 4).warnings)
        == [.noSkip(skipped: [2, 3]), .missing([Self.amount, Self.reachable])])
    // What the stage that goes away demanded, its cards have.
    #expect(verdict(3, 4).warnings == [.missing([Self.reachable])])
    let other = design(2, rules: strict)
    #expect(
      Set(decide(.relocate(from: 3, into: other, to: 2), in: design(rules: strict)).warnings)
        == [.crossOnlyByWin, .noSkip(skipped: [1])])
    #expect(
      decide(.relocate(from: 6, into: other, to: 7), in: design(rules: strict)).warnings == [])
    #expect(decide(.relocate(from: 2, into: design(), to: 1)).warnings == [])
  }

  @Test func `A required responsible counts as filled where somebody will be responsible`() {
    let wants = PipelineDesign(
      id: 1, kind: .deal,
      stages: [
        GateStage(id: 1, position: 1, kind: .open),
        GateStage(id: 2, position: 2, kind: .open, required: [FieldRequirement(.responsible)]),
      ])
    let ask = { (step: GateStep) in decide(step, in: wants).refusals }
    let nobody: [GateProblem] = [.missing([FieldRequirement(.responsible)])]
    let steps: [GateStep] = [
      .create(filled: ["responsible"], stage: 2), .move(card(1, filled: ["responsible"]), to: 2),
      .reopen(card(6, .lost, lastOpen: 2, filled: ["responsible"])),
    ]
    for step in steps {
      #expect(ask(step).isEmpty && ask(step.leaving(responsible: false)) == nobody)
      #expect(ask(step.leaving(responsible: false).leaving(responsible: true)).isEmpty)
    }
    #expect(
      StageGate.destination(
        of: GateRequest(.create(filled: [], stage: 2), in: wants, rights: .all, now: Self.now)) == 2
    )
    #expect(
      StageGate.destination(
        of: GateRequest(.create(filled: [], stage: 9), in: wants, rights: .all, now: Self.now))
        == nil)
  }
}
