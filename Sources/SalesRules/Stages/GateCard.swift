/// A card as the gate sees it.
public struct GateCard: Hashable, Sendable {
  /// Whether it is a lead or a deal.
  public var kind: CardKind
  /// The pipeline it is in.
  public var pipeline: Int64
  /// The stage it stands in.
  public var stage: Int64
  /// How it stands.
  public var outcome: Outcome
  /// When it was closed, nil for an open one.
  public var closedAt: Timestamp?
  /// The open stage in which it was last worked on, for reopening; nil where that is not known.
  public var lastOpenStage: Int64?
  /// The keys of all fields that hold a value, those filled in with the same step included: its own
  /// (``CardField``) and the company's.
  public var filled: Set<String>
  /// Whether one of its invoices has been paid.
  public var hasPaidInvoice: Bool

  /// Makes a card from its parts.
  public init(
    kind: CardKind, pipeline: Int64, stage: Int64, outcome: Outcome = .open,
    closedAt: Timestamp? = nil, lastOpenStage: Int64? = nil, filled: Set<String> = [],
    hasPaidInvoice: Bool = false
  ) {
    self.kind = kind
    self.pipeline = pipeline
    self.stage = stage
    self.outcome = outcome
    self.closedAt = closedAt
    self.lastOpenStage = lastOpenStage
    self.filled = filled
    self.hasPaidInvoice = hasPaidInvoice
  }
}
