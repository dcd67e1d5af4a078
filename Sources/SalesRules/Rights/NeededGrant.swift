/// The parameters of the `grant.give` that would allow something.
public struct NeededGrant: Hashable, Sendable {
  /// The pipeline to give it on.
  public var pipeline: Int64
  /// The person to give it to.
  public var user: Int64
  /// Every action the grant must name, those of the replaced grant among them.
  public var actions: Set<Action>
  /// The narrowest sufficient scope.
  public var cards: CardScope
  /// The narrowest sufficient scope.
  public var outcome: OutcomeScope
  /// The stages it must name: those of the replaced grant and the card's; nil where it names none.
  public var stages: Set<Int64>?
  /// The person's own grant on the pipeline that it would replace, if there is one.
  public var replaces: Int64?

  /// Makes the parameters from their parts.
  public init(
    pipeline: Int64, user: Int64, actions: Set<Action>, cards: CardScope, outcome: OutcomeScope,
    stages: Set<Int64>? = nil, replaces: Int64? = nil
  ) {
    self.pipeline = pipeline
    self.user = user
    self.actions = actions
    self.cards = cards
    self.outcome = outcome
    self.stages = stages
    self.replaces = replaces
  }

  /// The grant as it would stand once given; a new one carries the id 0.
  public var given: Grant {
    Grant(
      id: replaces ?? 0, pipeline: pipeline, recipient: .user(user), actions: actions, cards: cards,
      outcome: outcome, stages: stages)
  }
}
