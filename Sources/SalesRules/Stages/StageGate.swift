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
///
/// Ways out (stages of leads that make a deal) stand beside each other: a lead owes what the one asks that it
/// takes, the others are not skipped, and taking one is never a step back. No card stands in one.
public enum StageGate {
  /// Decides on a step.
  public static func decide(_ request: GateRequest) -> GateVerdict {
    var check = GateCheck(request)
    let passage = check.passage()
    return check.verdict(passage)
  }

  /// The stage in which the step leads the card, or begins the one that it makes, whatever stands in the way; nil
  /// where it leads nowhere.
  public static func destination(of request: GateRequest) -> Int64? {
    var check = GateCheck(request)
    return check.passage()?.newStage
  }
}
