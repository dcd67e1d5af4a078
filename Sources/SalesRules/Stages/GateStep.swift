/// What is to happen to a card.
public enum GateStep: Hashable, Sendable {
  /// A new card, in the stage named or in the first open one.
  case create(filled: Set<String>, stage: Int64? = nil)
  /// A card from elsewhere, in any stage, `past` the ones that are told of it. Where `exempt`, the rules
  /// of selling (what is missing, order, reasons) are told as warnings; the audit shows that it was asked
  /// for.
  case `import`(filled: Set<String>, past: [Int64] = [], stage: Int64, exempt: Bool)
  /// On or back to another stage; into a closing stage it is winning or losing with all they demand.
  case move(GateCard, to: Int64)
  /// Out of its pipeline straight into an open stage of another one of the same kind, staying open; it
  /// begins there as a new card does.
  case transfer(GateCard, into: PipelineDesign, stage: Int64? = nil)
  /// A deal is won.
  case win(GateCard)
  /// A card is lost, in the lost stage named or in the first one.
  case lose(GateCard, stage: Int64? = nil)
  /// A card was never a real request.
  case invalidate(GateCard, stage: Int64? = nil)
  /// A lead ends well and a deal begins in the target pipeline, in the stage named or the first open one;
  /// `filled` is what the deal starts with. It goes `through` the way out that was taken, if it was one.
  case convert(
    GateCard, into: PipelineDesign, stage: Int64? = nil, filled: Set<String>, through: Int64? = nil)
  /// A card is made on the base of this one in the target pipeline. An open one is won by it (S4) and goes to
  /// another pipeline; one lost longer ago than it could be reopened is renewed, also in its own, where it goes on
  /// in the stage into which the pipeline reopens (S0). `hasOpenCopy` where the target pipeline holds an open card
  /// made on the base of this one.
  case copy(
    GateCard, into: PipelineDesign, stage: Int64? = nil, filled: Set<String>, hasOpenCopy: Bool)
  /// A lost card is worked on again, where the pipeline reopens cards or, if it says nothing, where it was;
  /// another stage that is named is a move from where it was.
  case reopen(GateCard, stage: Int64? = nil)
  /// A stage is taken away from under its cards, which all go to another one of the same kind, of this
  /// pipeline or another. It is the design that changes and nobody who sells: the rules of selling do not stand in
  /// the way, but are told as warnings.
  case relocate(from: Int64, into: PipelineDesign, to: Int64)
}
