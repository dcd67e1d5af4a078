/// Steps that end in an open stage, and imports.
extension GateCheck {
  mutating func create(_ filled: Set<String>, _ named: Int64?) -> GatePassage? {
    requireRight(.create)
    requireThawed(pipeline)
    guard let stage = stage(.open, named, of: pipeline) else { return nil }
    walk([stage], in: pipeline, filled)
    return GatePassage(stage: stage.id, outcome: .open)
  }

  mutating func bringIn(
    _ filled: Set<String>, past: [Int64], _ named: Int64
  ) -> GatePassage? {
    requireRight(.create)
    requireThawed(pipeline)
    guard let stage = pipeline.stage(named) else {
      refuse(.unknownStage)
      return nil
    }
    let known = past.compactMap { pipeline.stage($0) }
    if known.count < past.count { refuse(.unknownStage) }
    requireWaysOut(known + [stage])
    walk(stage.kind == .open ? known + [stage] : known, in: pipeline, filled)
    switch stage.kind {
    case .open: break
    case .won:
      require(pipeline.ahead(of: known.last { $0.kind == .open }) + [stage], filled)
      if pipeline.kind == .deal { requireSale(nil) }
    // A list from elsewhere does not part the invalid from the lost; its reason does.
    case .lost:
      require([stage], filled)
      requireReason(request.reason?.kind == .invalid ? .invalid : .loss)
    }
    return GatePassage(stage: stage.id, outcome: stage.kind.outcome)
  }

  /// A way out is gone through to the good end, from another stage, and nobody stands there.
  private mutating func requireWaysOut(_ path: [GateStage]) {
    for (index, stage) in path.enumerated() where stage.isExit {
      let isWon = index + 1 < path.count && path[index + 1].kind == .won
      if index == 0 || !isWon { requireStay(in: stage) }
    }
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
    if stage.isExit { refuse(.convertRequired) }
    walk([stage], from: pipeline.stage(card.stage), in: pipeline, card.filled)
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
    // A deal that was there before goes on from where it stood: going out and in again leads around nothing.
    walk([stage], from: openStage(card.lastOpenStage, of: target), in: target, card.filled)
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
    requireStay(in: entered)
    // Of the cards nothing is known but what the stage that they leave demands of them.
    let filled = Set(left.required.flatMap(\.alternatives))
    if target.id != pipeline.id, left.kind == .open {
      apply(pipeline.rules.crossOnlyByWin, .crossOnlyByWin)
    }
    walk([entered], from: target.id == pipeline.id ? left : nil, in: target, filled)
    require([entered], filled)
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
    let usual = openStage(pipeline.reopensInto, of: pipeline)
    let last = openStage(card.lastOpenStage, of: pipeline)
    guard let stage = stage(.open, named ?? (usual ?? last)?.id, of: pipeline) else { return nil }
    // Else losing and reopening would lead around every rule on the way.
    if stage.id == usual?.id {
      require([stage], card.filled)
    } else {
      walk([stage], from: last, in: pipeline, card.filled)
    }
    return GatePassage(stage: stage.id, outcome: .open)
  }

  /// Until when a lost card can be reopened (S0: for less than 30 days).
  func reopenable(_ card: GateCard) -> Timestamp? {
    card.closedAt?.adding(seconds: Int64(request.rules.reopenDays) * 86_400)
  }

  /// The stage, if open cards stand in it: one that is gone, or came to be another, is not known.
  func openStage(_ id: Int64?, of design: PipelineDesign) -> GateStage? {
    id.flatMap(design.stage).flatMap { $0.holdsOpenCards ? $0 : nil }
  }

  /// Goes from one open stage to the next, in order: what the stages that are entered or passed require, and
  /// the rules on skipped and backward steps. A new card begins before the first stage; one that was closed
  /// on its way goes on where the pipeline reopens, without more ado.
  mutating func walk(
    _ path: [GateStage], from start: GateStage? = nil, in design: PipelineDesign,
    _ filled: Set<String>
  ) {
    var left = start
    var skipped: [Int64] = []
    var (isBack, isClosed) = (false, false)
    for stage in path {
      guard stage.kind == .open else {
        isClosed = true
        continue
      }
      if !(isClosed && stage.id == design.reopensInto) {
        let passed = design.openStages(after: left, upTo: stage)
        require(passed, filled)
        skipped += passed.dropLast().map(\.id).filter { !skipped.contains($0) }
        if let left, !stage.isExit, design.isBefore(stage, left) { isBack = true }
      }
      require([stage], filled)
      (left, isClosed) = (stage, false)
    }
    if isBack { apply(design.rules.noBack, .noBack) }
    if !skipped.isEmpty { apply(design.rules.noSkip, .noSkip(skipped: skipped)) }
  }
}
