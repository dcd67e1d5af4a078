/// One thing worth knowing about a pipeline's figures.
public struct FunnelFinding: Hashable, Sendable {
  /// The kinds of findings.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// More cards were in this stage than in the one before (S4: "воронка или дуршлаг").
    case grows
    /// Most cards that got past this stage never were in it.
    case skipped
    /// Most of the losses happen here: think of nurturing for this stage (S4).
    case losesMost = "loses_most"
    /// Most open cards lie here, and more lie here than are ever lost: they pile up (S4, error 14).
    case pilesUp = "piles_up"
  }

  /// What was found.
  public var kind: Kind
  /// The stage it was found at.
  public var stage: Int64
  /// The count that shows it.
  public var count: Int
  /// What the count is to be compared with: the stage before, all that got past, all losses, all open.
  public var outOf: Int

  /// Makes a finding from its parts.
  public init(_ kind: Kind, stage: Int64, count: Int, outOf: Int) {
    self.kind = kind
    self.stage = stage
    self.count = count
    self.outOf = outOf
  }

  /// The finding as an English sentence.
  public var sentence: String {
    switch kind {
    case .grows:
      "\(count) cards were in this stage and only \(outOf) in the one before: a funnel narrows."
    case .skipped: "\(count) of \(outOf) cards that came this far never were in this stage."
    case .losesMost: "\(count) of \(outOf) losses happen in this stage."
    case .pilesUp: "\(count) of \(outOf) open cards lie in this stage and are not decided on."
    }
  }
}
