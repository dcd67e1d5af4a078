/// Steps that end in an open stage, and imports.
extension GateCheck {
  mutating func create(_ filled: Set<String>, _ named: Int64?) -> GatePassage? {
    requireRight(.create)
    requireThawed(pipeline)
    guard let stage = stage(.open, named, of: pipeline) else { return nil }
    let passed = pipeline.openStages(after: nil, upTo: stage)
    require(passed, filled)
    applyNoSkip(passed)
    return GatePassage(stage: stage.id, outcome: .open)
  }

  mutating func bringIn(_ filled: Set<String>, _ named: Int64) -> GatePassage? {
    requireRight(.create)
    requireThawed(pipeline)
    guard let stage = pipeline.stage(named) else {
      refuse(.unknownStage)
      return nil
    }
    require([stage], filled)
    switch stage.kind {
    case .open: break
    case .won: if pipeline.kind == .deal { requireSale(nil) }
    // A list from elsewhere does not part the invalid from the lost; its reason does.
    case .lost: requireReason(request.reason?.kind == .invalid ? .invalid : .loss)
    }
    return GatePassage(stage: stage.id, outcome: stage.kind.outcome)
  }

  mutating func move(_ card: GateCard, to target: Int64) -> GatePassage? {
    requireRight(.move)
    guard target != card.stage else {
      requireHere(card)
      return GatePassage(stage: card.stage, outcome: card.outcome, isUnchanged: true)
    }
    guard let stage = pipeline.stage(target) else {
      requireOpen(card)
      refuse(.unknownStage)
      return nil
    }
    switch stage.kind {
    case .open: return moveOn(card, to: stage)
    case .won: return win(card, stage.id)
    case .lost: return lose(card, .loss, stage.id)
    }
  }

  private mutating func moveOn(_ card: GateCard, to stage: GateStage) -> GatePassage {
    requireOpen(card)
    requireThawed(pipeline)
    let left = pipeline.stage(card.stage)
    if let left, pipeline.isBefore(stage, left) {
      require([stage], card.filled)
      apply(pipeline.rules.noBack, .noBack)
    } else {
      let passed = pipeline.openStages(after: left, upTo: stage)
      require(passed, card.filled)
      applyNoSkip(passed)
    }
    return GatePassage(stage: stage.id, outcome: .open)
  }

  mutating func transfer(
    _ card: GateCard, into target: PipelineDesign, _ named: Int64?
  ) -> GatePassage? {
    requireRight(.move)
    requireOpen(card)
    guard mayEnterTarget() else { return nil }
    if target.kind != card.kind || target.id == pipeline.id { refuse(.wrongPipeline) }
    requireThawed(target)
    apply(pipeline.rules.crossOnlyByWin, .crossOnlyByWin)
    guard let stage = stage(.open, named, of: target) else { return nil }
    require([stage], card.filled)
    return GatePassage(stage: stage.id, outcome: .open)
  }

  mutating func relocate(
    _ stage: Int64, into target: PipelineDesign, _ to: Int64
  ) -> GatePassage? {
    requireRight(.configure)
    if target.kind != pipeline.kind { refuse(.wrongPipeline) }
    if target.id != pipeline.id { requireThawed(target) }
    guard let left = pipeline.stage(stage), let entered = target.stage(to), left.id != to else {
      refuse(.unknownStage)
      return nil
    }
    if entered.kind != left.kind { refuse(.wrongStageKind(expected: left.kind)) }
    return GatePassage(stage: entered.id, outcome: left.kind.outcome)
  }

  mutating func reopen(_ card: GateCard, _ named: Int64?) -> GatePassage? {
    requireRight(.close)
    requireHere(card)
    requireThawed(pipeline)
    switch card.outcome {
    case .open: refuse(.notClosed)
    case .won: refuse(.wonIsFinal)
    case .lost:
      if let until = reopenable(card), request.now >= until {
        refuse(.reopenWindowPassed(until: until))
      }
    }
    let usual = [pipeline.reopensInto, card.lastOpenStage].compactMap { $0 }
      .first { pipeline.stage($0)?.kind == .open }
    guard let stage = stage(.open, named ?? usual, of: pipeline) else { return nil }
    require([stage], card.filled)
    return GatePassage(stage: stage.id, outcome: .open)
  }

  /// Until when a lost card can be reopened (S0: for less than 30 days).
  func reopenable(_ card: GateCard) -> Timestamp? {
    card.closedAt?.adding(seconds: Int64(request.rules.reopenDays) * 86_400)
  }

  /// Notes the stages that would be left out: those passed before the last, which is entered.
  private mutating func applyNoSkip(_ passed: [GateStage]) {
    let skipped = passed.dropLast().map(\.id)
    if !skipped.isEmpty { apply(pipeline.rules.noSkip, .noSkip(skipped: skipped)) }
  }
}
