/// One access right given: who may do what, in which pipeline, on which cards.
///
/// A pipeline has at most one grant for each recipient: giving again replaces. Grants of different
/// recipients add up.
public struct Grant: Hashable, Sendable {
  /// The grant's id within its company.
  public var id: Int64
  /// The pipeline it is given on.
  public var pipeline: Int64
  /// To whom it is given.
  public var recipient: GrantRecipient
  /// What it allows.
  public var actions: Set<Action>
  /// On whose cards.
  public var cards: CardScope
  /// On which cards, by how they ended.
  public var outcome: OutcomeScope
  /// On which cards, by the stage they stand in; nil is every stage.
  public var stages: Set<Int64>?

  /// Makes a grant from its parts.
  public init(
    id: Int64, pipeline: Int64, recipient: GrantRecipient, actions: Set<Action>,
    cards: CardScope, outcome: OutcomeScope = .any, stages: Set<Int64>? = nil
  ) {
    self.id = id
    self.pipeline = pipeline
    self.recipient = recipient
    self.actions = actions
    self.cards = cards
    self.outcome = outcome
    self.stages = stages
  }

  /// Whether a card that stands so, in this stage, falls under the grant, whoever is responsible.
  public func takesIn(stage: Int64, _ outcome: Outcome) -> Bool {
    self.outcome.includes(outcome) && stages?.contains(stage) ?? true
  }
}
