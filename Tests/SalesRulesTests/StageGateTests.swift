internal import Testing

@testable internal import SalesRules

/// Every way into a stage and out of a card's life, and everything that can stand in it.
@Suite struct StageGateTests {
  static let now = Timestamp("2026-03-01T09:00:00Z") ?? .earliest
  static let amount = FieldRequirement(.amount)
  static let reachable = FieldRequirement(oneOf: .phone, .email)
  static let everything: Set<String> = ["amount", "phone", "contact", "name"]

  /// Stages 1 to 4 open, 5 won, 6 and 7 lost; the third wants an amount, the fourth phone or e-mail.
  func design(
    _ id: Int64 = 1, _ kind: CardKind = .deal, rules: PipelineRules = PipelineRules(),
    frozen: Bool = false, archived: Bool = false, reopensInto: Int64? = nil,
    wonRequires: [FieldRequirement] = []
  ) -> PipelineDesign {
    PipelineDesign(
      id: id, kind: kind,
      stages: [
        GateStage(id: 6, position: 6, kind: .lost), GateStage(id: 7, position: 7, kind: .lost),
        GateStage(id: 5, position: 5, kind: .won, required: wonRequires),
        GateStage(id: 1, position: 1, kind: .open), GateStage(id: 2, position: 2, kind: .open),
        GateStage(id: 3, position: 3, kind: .open, required: [Self.amount]),
        GateStage(id: 4, position: 4, kind: .open, required: [Self.reachable]),
      ], rules: rules, isFrozen: frozen, isArchived: archived, reopensInto: reopensInto)
  }

  func card(
    _ stage: Int64 = 1, _ outcome: Outcome = .open, kind: CardKind = .deal, pipeline: Int64 = 1,
    closed: String? = nil, lastOpen: Int64? = nil, filled: Set<String> = []
  ) -> GateCard {
    GateCard(
      kind: kind, pipeline: pipeline, stage: stage, outcome: outcome,
      closedAt: closed.flatMap { Timestamp($0) }, lastOpenStage: lastOpen, filled: filled)
  }

  func decide(
    _ step: GateStep, in pipeline: PipelineDesign? = nil, reason: GateReason? = nil,
    comment: String? = nil, available: Set<ReasonKind> = Set(ReasonKind.allCases),
    rules: ClosingRules = ClosingRules(), rights: GateRights = .all
  ) -> GateVerdict {
    StageGate.decide(
      GateRequest(
        step, in: pipeline ?? design(), rights: rights, reason: reason, comment: comment,
        reasonsAvailable: available, rules: rules, now: Self.now))
  }

  let loss = GateReason(id: 1, kind: .loss)
  let win = GateReason(id: 2, kind: .win)
  let invalid = GateReason(id: 3, kind: .invalid)

  // MARK: - Entering

  @Test func `A new card begins in the first open stage or the one named`() {
    #expect(decide(.create(filled: [])) == .allowed(GatePassage(stage: 1, outcome: .open)))
    #expect(
      decide(.create(filled: [], stage: 2)) == .allowed(GatePassage(stage: 2, outcome: .open)))
    #expect(decide(.create(filled: [], stage: 9)).refusals == [.unknownStage])
    #expect(decide(.create(filled: [], stage: 5)).refusals == [.wrongStageKind(expected: .open)])
    // Beginning further on owes what the stages passed demand.
    #expect(
      decide(.create(filled: [], stage: 4)).refusals == [.missing([Self.amount, Self.reachable])])
    #expect(decide(.create(filled: Self.everything, stage: 4)).isAllowed)
  }

  @Test(
    arguments: [(1, 2, []), (1, 3, [2]), (1, 4, [2, 3]), (2, 1, []), (3, 4, [])]
      as [(Int64, Int64, [Int64])])
  func `Skipped and backward steps are let pass, warned of or refused as the rule says`(
    _ from: Int64, _ to: Int64, _ skipped: [Int64]
  ) {
    let broken: GateProblem? =
      to < from ? .noBack : skipped.isEmpty ? nil : .noSkip(skipped: skipped)
    for strength in RuleStrength.allCases {
      let rules = PipelineRules(noBack: strength, noSkip: strength)
      let verdict = decide(
        .move(card(from, filled: Self.everything), to: to), in: design(rules: rules))
      let wanted = strength == .off ? [] : broken.map { [$0] } ?? []
      #expect(verdict.warnings == (strength == .warn ? wanted : []))
      #expect(verdict.refusals == (strength == .enforce ? wanted : []))
    }
  }

  @Test func `Going past a stage owes its fields, going back only the entered one's`() {
    #expect(decide(.move(card(1), to: 4)).refusals == [.missing([Self.amount, Self.reachable])])
    #expect(decide(.move(card(1, filled: ["amount", "email"]), to: 4)).isAllowed)
    #expect(decide(.move(card(4), to: 3)).refusals == [.missing([Self.amount])])
    #expect(decide(.move(card(4), to: 2)).isAllowed)
  }

  @Test func `To the stage where it stands nothing changes, whatever the rules`() {
    let strict = design(
      rules: PipelineRules(noBack: .enforce, noSkip: .enforce, crossOnlyByWin: .enforce),
      frozen: true)
    #expect(
      decide(.move(card(3), to: 3), in: strict)
        == .allowed(GatePassage(stage: 3, outcome: .open, isUnchanged: true)))
    #expect(
      decide(.move(card(6, .lost), to: 6), in: strict)
        == .allowed(GatePassage(stage: 6, outcome: .lost, isUnchanged: true)))
  }

  @Test func `Moving into a closing stage is winning or losing with all they demand`() {
    #expect(
      decide(.move(card(1), to: 5)).refusals
        == [.reasonRequired(.win), .missing([Self.amount, Self.reachable])])
    #expect(
      decide(.move(card(1), to: 7)).refusals == [.reasonRequired(.loss), .commentRequired])
    #expect(
      decide(.move(card(1), to: 7), reason: loss, comment: "Дорого")
        == .allowed(GatePassage(stage: 7, outcome: .lost)))
    #expect(decide(.move(card(6, .lost), to: 1)).refusals == [.alreadyClosed(.lost)])
    #expect(
      decide(.move(card(5, .won), to: 6), reason: loss, comment: "a").refusals == [
        .alreadyClosed(.won)
      ])
  }

  @Test func `A card that is not one of the pipeline is refused everywhere`() {
    for step in [
      GateStep.move(card(pipeline: 2), to: 2), .move(card(kind: .lead), to: 2),
      .win(card(pipeline: 2)),
      .lose(card(pipeline: 2)), .reopen(card(6, .lost, pipeline: 2)),
      .transfer(card(pipeline: 2), into: design(3)),
    ] {
      #expect(decide(step, comment: "a").refusals.contains(.wrongPipeline), "\(step)")
    }
  }

  @Test func `Into a frozen or archived pipeline nothing comes, out of it everything may`() {
    for (target, problem) in [
      (design(frozen: true), GateProblem.frozen), (design(archived: true), .archived),
    ] {
      for step in [
        GateStep.create(filled: []), .import(filled: [], stage: 1, exempt: true),
        .move(card(1), to: 2),
        .reopen(card(6, .lost, closed: "2026-02-28T00:00:00Z")),
      ] {
        #expect(decide(step, in: target).refusals == [problem], "\(step)")
      }
      #expect(decide(.win(card(filled: Self.everything)), in: target, reason: win).isAllowed)
      #expect(decide(.lose(card()), in: target, reason: loss, comment: "a").isAllowed)
      #expect(decide(.transfer(card(), into: design(2)), in: target).isAllowed)
      #expect(
        decide(
          .copy(card(filled: Self.everything), into: design(2), filled: [], hasOpenCopy: false),
          in: target, reason: win
        )
        .isAllowed)
    }
    #expect(decide(.transfer(card(), into: design(2, frozen: true))).refusals == [.frozen])
  }

  @Test func `Crossing over without winning is as the pipeline's rule says`() {
    for strength in RuleStrength.allCases {
      let verdict = decide(
        .transfer(card(), into: design(2)),
        in: design(rules: PipelineRules(crossOnlyByWin: strength)))
      #expect(verdict.refusals == (strength == .enforce ? [.crossOnlyByWin] : []))
      #expect(verdict.warnings == (strength == .warn ? [.crossOnlyByWin] : []))
    }
    #expect(decide(.transfer(card(), into: design(2, .lead))).refusals == [.wrongPipeline])
    #expect(decide(.transfer(card(), into: design(1))).refusals == [.wrongPipeline])
    #expect(
      decide(.transfer(card(), into: design(2), stage: 3)).refusals == [.missing([Self.amount])])
    #expect(decide(.transfer(card(6, .lost), into: design(2))).refusals == [.alreadyClosed(.lost)])
  }

  // MARK: - Closing

  @Test func `Everything that stands in the way is told at once`() {
    let strict = design(
      rules: PipelineRules(noBack: .enforce, noSkip: .enforce), frozen: true, archived: true)
    #expect(
      decide(.move(card(1), to: 4), in: strict).refusals == [
        .frozen, .archived, .noSkip(skipped: [2, 3]), .missing([Self.amount, Self.reachable]),
      ])
    #expect(
      decide(.lose(card(6, .lost, pipeline: 2))).refusals == [
        .wrongPipeline, .alreadyClosed(.lost), .reasonRequired(.loss), .commentRequired,
      ])
    #expect(
      decide(.win(card()), rules: ClosingRules(requireWinComment: true)).refusals == [
        .reasonRequired(.win), .commentRequired, .missing([Self.amount, Self.reachable]),
      ])
  }

  @Test func `A reason is demanded only where there is one to choose`() {
    #expect(decide(.lose(card()), comment: "a", available: [.win]).isAllowed)
    #expect(
      decide(.lose(card()), comment: "a", available: [.loss]).refusals == [.reasonRequired(.loss)])
    #expect(decide(.invalidate(card()), available: [.loss]).isAllowed)
    #expect(decide(.invalidate(card())).refusals == [.reasonRequired(.invalid)])
    #expect(
      decide(.invalidate(card()), reason: invalid)
        == .allowed(GatePassage(stage: 6, outcome: .lost)))
    let lenient = ClosingRules(requireLossReason: false, requireLossComment: false)
    #expect(decide(.lose(card()), rules: lenient).isAllowed)
  }

  @Test func `A reason of another list or out of use is refused, also where none is demanded`() {
    let lenient = ClosingRules(requireLossReason: false, requireLossComment: false)
    for reason in [win, invalid, GateReason(id: 9, kind: .loss, isActive: false)] {
      #expect(
        decide(.lose(card()), reason: reason, rules: lenient).refusals == [
          .wrongReason(expected: .loss)
        ])
    }
  }

  @Test(arguments: [nil, "", "   ", "\n\t"] as [String?])
  func `A comment of nothing is no comment, and a reason may demand or spare it`(_ comment: String?)
  {
    #expect(decide(.lose(card()), reason: loss, comment: comment).refusals == [.commentRequired])
    var reason = loss
    reason.requiresComment = false
    #expect(decide(.lose(card()), reason: reason, comment: comment).isAllowed)
    reason.requiresComment = true
    let lenient = ClosingRules(requireLossComment: false)
    #expect(
      decide(.lose(card()), reason: reason, comment: comment, rules: lenient).refusals == [
        .commentRequired
      ])
  }

  @Test func `Winning early is no skip, yet owes the fields of all that lay ahead`() {
    let strict = design(
      rules: PipelineRules(noSkip: .enforce), wonRequires: [FieldRequirement(.contact)])
    #expect(
      decide(.win(card(3)), in: strict, reason: win).refusals
        == [.missing([Self.reachable, FieldRequirement(.contact)])])
    #expect(
      decide(.win(card(1, filled: Self.everything)), in: strict, reason: win)
        == .allowed(GatePassage(stage: 5, outcome: .won)))
    #expect(decide(.win(card(4, filled: ["contact"])), in: strict, reason: win).isAllowed)
  }

  @Test func `A lead is converted and not won`() {
    let leads = design(1, .lead)
    let lead = card(kind: .lead, filled: Self.everything)
    #expect(decide(.win(lead), in: leads, reason: win).refusals == [.wrongKind(.lead)])
    #expect(decide(.move(lead, to: 5), in: leads).refusals == [.convertRequired])
  }

  @Test func `Converting closes the lead and begins a deal, with what each owes`() {
    let leads = design(1, .lead)
    let lead = card(kind: .lead, filled: Self.everything)
    #expect(
      decide(.convert(lead, into: design(2), filled: []), in: leads)
        == .allowed(GatePassage(stage: 5, outcome: .won, entered: 1)))
    #expect(
      decide(
        .convert(card(kind: .lead), into: design(2, frozen: true), stage: 3, filled: []), in: leads
      )
      .refusals == [.frozen, .missing([Self.amount, Self.reachable])])
    #expect(
      decide(.convert(lead, into: design(2, .lead), filled: []), in: leads).refusals == [
        .wrongPipeline
      ])
    #expect(
      decide(.convert(card(filled: Self.everything), into: design(2), filled: [])).refusals == [
        .wrongKind(.deal)
      ])
    #expect(
      decide(
        .convert(card(5, .won, kind: .lead, filled: Self.everything), into: design(2), filled: []),
        in: leads
      )
      .refusals == [.alreadyClosed(.won)])
    #expect(
      decide(.convert(lead, into: design(2), stage: 5, filled: []), in: leads).refusals == [
        .wrongStageKind(expected: .open)
      ])
  }

  @Test func `Copying an open deal wins it, copying a closed one leaves it as it is`() {
    let open = card(filled: Self.everything)
    #expect(
      decide(.copy(open, into: design(2), stage: 2, filled: [], hasOpenCopy: false), reason: win)
        == .allowed(GatePassage(stage: 5, outcome: .won, entered: 2)))
    #expect(
      decide(.copy(open, into: design(2), filled: [], hasOpenCopy: false)).refusals == [
        .reasonRequired(.win)
      ])
    #expect(
      decide(.copy(card(5, .won), into: design(2), filled: [], hasOpenCopy: false))
        == .allowed(GatePassage(stage: 5, outcome: .won, entered: 1)))
    #expect(
      decide(
        .copy(card(kind: .lead), into: design(2), filled: [], hasOpenCopy: false),
        in: design(1, .lead), reason: win
      ).refusals.contains(.wrongKind(.lead)))
  }

  @Test(
    arguments: [
      ("amount", ["amount"]), ("phone|email", ["phone", "email"]), ("", nil), ("phone|", nil),
      ("|phone", nil), ("phone|phone", nil), ("Phone", nil), ("phone |email", nil), ("1a", nil),
      ("телефон", nil),
    ] as [(String, [String]?)])
  func `A requirement is read from its text`(_ text: String, _ keys: [String]?) {
    let requirement = FieldRequirement(text)
    #expect(requirement?.alternatives == keys)
    if keys != nil { #expect(requirement?.description == text) }
    #expect(requirement?.isMet(by: ["email", "amount"]) == (keys == nil ? nil : true))
    #expect(requirement?.isMet(by: []) != true)
  }

  @Test func `Each problem has a name of its own and a sentence`() {
    let problems: [GateProblem] = [
      .missing([Self.amount, Self.reachable]), .noBack, .noSkip(skipped: [2]), .crossOnlyByWin,
      .reasonRequired(.win), .wrongReason(expected: .loss), .commentRequired, .alreadyClosed(.won),
      .notClosed, .wonIsFinal, .reopenWindowPassed(until: Self.now), .lastContactRequired,
      .wrongPipeline, .wrongKind(.lead), .unknownStage, .wrongStageKind(expected: .open),
      .convertRequired, .frozen, .archived, .right(.close), .alreadyCopied, .ownPipeline,
      .reopenInstead(until: Self.now), .exit(stage: 3), .paidInvoiceRequired,
    ]
    #expect(Set(problems.map(\.code)).count == problems.count)
    #expect(problems.allSatisfy { $0.sentence.hasSuffix(".") })
    #expect(problems[0].sentence == "Fill in amount, phone|email first.")
  }
}
