/// The one gate through which every way into a stage and out of a card's life leads: create, import,
/// move, transfer, win, lose, invalidate, convert, copy, reopen; by people, robots and imports alike.
///
/// A pure function: the same request always gets the same answer, and a refusal names everything that
/// stands in the way at once, rights first.
///
/// What a stage requires is demanded of whoever enters it, and of whoever goes past it, by beginning
/// further on, by moving on or by winning (S4: even a client in a hurry does not spare the fields without
/// which nothing can be learnt later). Moving back, and going on with what was lost where the pipeline
/// reopens, ask for the entered stage's own alone. Winning from any stage skips none (S4: a client who
/// says nine or ten is closed at once).
public enum StageGate {
  /// Decides on a step.
  public static func decide(_ request: GateRequest) -> GateVerdict {
    var check = GateCheck(request)
    let passage: GatePassage? =
      switch request.step {
      case .create(let filled, let stage): check.create(filled, stage)
      case .import(let filled, let past, let stage, _):
        check.bringIn(filled, past: past, stage)
      case .move(let card, let stage): check.move(card, to: stage)
      case .transfer(let card, let target, let stage): check.transfer(card, into: target, stage)
      case .win(let card): check.win(card)
      case .lose(let card, let stage): check.lose(card, .loss, stage)
      case .invalidate(let card, let stage): check.lose(card, .invalid, stage)
      case .convert(let card, let target, let stage, let filled):
        check.convert(card, into: target, stage, filled)
      case .copy(let card, let target, let stage, let filled, let hasOpenCopy):
        check.copy(card, into: target, stage, filled, hasOpenCopy: hasOpenCopy)
      case .reopen(let card, let stage): check.reopen(card, stage)
      case .relocate(let stage, let target, let to): check.relocate(stage, into: target, to)
      }
    return check.verdict(passage)
  }
}
