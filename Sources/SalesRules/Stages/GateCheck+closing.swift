/// Steps that end a card.
extension GateCheck {
  mutating func win(_ card: GateCard, _ named: Int64? = nil) -> GatePassage? {
    requireRight(.close)
    guard card.kind == .deal else {
      requireOpen(card)
      refuse(named == nil ? .wrongKind(card.kind) : .convertRequired)
      return nil
    }
    let passage = finish(card, named)
    requireSale(card)
    return passage
  }

  mutating func lose(_ card: GateCard, _ kind: ReasonKind, _ named: Int64?) -> GatePassage? {
    requireRight(.close)
    requireOpen(card)
    requireReason(kind)
    guard let stage = stage(.lost, named, of: pipeline) else { return nil }
    require([stage], card.filled)
    return GatePassage(stage: stage.id, outcome: .lost)
  }

  mutating func convert(
    _ card: GateCard, into target: PipelineDesign, _ named: Int64?, _ filled: Set<String>,
    through exit: Int64?
  ) -> GatePassage? {
    if let exit { goOut(card, exit) }
    requireRight(.close)
    if card.kind != .lead { refuse(.wrongKind(card.kind)) }
    let passage = finish(card)
    let entered = begin(in: target, named, filled)
    guard var passage, let entered else { return nil }
    passage.entered = entered.id
    return passage
  }

  mutating func copy(
    _ card: GateCard, into target: PipelineDesign, _ named: Int64?, _ filled: Set<String>,
    hasOpenCopy: Bool
  ) -> GatePassage? {
    requireRight(.close)
    if card.kind != .deal { refuse(.wrongKind(card.kind)) }
    if hasOpenCopy { refuse(.alreadyCopied) }
    if target.id == pipeline.id { requireNoOtherWay(card) }
    let passage: GatePassage?
    if card.outcome == .open {
      passage = finish(card)
      requireSale(card)
    } else {
      requireHere(card)
      passage = GatePassage(stage: card.stage, outcome: card.outcome)
    }
    let entered = begin(in: target, named, filled, onBaseOf: card)
    if isRenewal(card, in: target), !filled.contains(CardField.lastContact.rawValue) {
      refuse(.lastContactRequired)
    }
    guard var passage, let entered else { return nil }
    passage.entered = entered.id
    return passage
  }

  /// The lead takes a way out: a move, held to what one into any other stage is held to.
  private mutating func goOut(_ card: GateCard, _ exit: Int64) {
    requireRight(.move)
    guard let stage = pipeline.stage(exit), stage.isExit else { return refuse(.unknownStage) }
    walk([stage], from: pipeline.stage(card.stage), in: pipeline, card.filled)
  }

  /// In its own pipeline a deal is made anew only where nothing else leads on: an open one is moved, and one lost
  /// of late is reopened, so that no copy leads around the rules and two are not worked on at once.
  private mutating func requireNoOtherWay(_ card: GateCard) {
    if card.outcome == .open { refuse(.ownPipeline) }
    if card.outcome == .lost, let until = reopenable(card), request.now < until {
      refuse(.reopenInstead(until: until))
    }
  }

  /// The card's good end: everything still before it on the way, and the won stage's own, is filled in.
  private mutating func finish(_ card: GateCard, _ named: Int64? = nil) -> GatePassage? {
    requireOpen(card)
    guard let won = stage(.won, named, of: pipeline) else { return nil }
    require(pipeline.ahead(of: pipeline.stage(card.stage)) + [won], card.filled)
    return GatePassage(stage: won.id, outcome: .won)
  }

  /// The new card's first stage in the target pipeline, which it enters as any new card does. A deal made
  /// anew where it was lost goes on where the pipeline reopens (S0: at once to "thinking").
  private mutating func begin(
    in target: PipelineDesign, _ named: Int64?, _ filled: Set<String>,
    onBaseOf lost: GateCard? = nil
  ) -> GateStage? {
    guard mayEnterTarget() else { return nil }
    guard target.kind == .deal else {
      refuse(.wrongPipeline)
      return nil
    }
    requireThawed(target)
    let isAnew = lost?.outcome == .lost && lost?.pipeline == target.id
    let usual = isAnew ? openStage(target.reopensInto, of: target) : nil
    guard let stage = stage(.open, named ?? usual?.id, of: target) else { return nil }
    if let usual, stage.id == usual.id {
      require([stage], filled)
    } else {
      walk([stage], in: target, filled)
    }
    return stage
  }

  /// A deal made anew where it was lost, when it is too late to reopen it (S0).
  private func isRenewal(_ card: GateCard, in target: PipelineDesign) -> Bool {
    guard request.rules.requireLastContactOnRenewal, card.outcome == .lost else { return false }
    guard target.id == card.pipeline, let until = reopenable(card) else { return false }
    return request.now >= until
  }
}
