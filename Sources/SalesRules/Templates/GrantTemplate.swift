/// A grant that a company template gives to one of its teams.
public struct GrantTemplate: Hashable, Sendable {
  /// The direction whose deal pipeline it is given on; nil for the lead pipeline.
  public let direction: String?
  /// The code of the team it is given to.
  public let team: String
  /// What it allows.
  public let actions: Set<Action>
  /// On whose cards.
  public let cards: CardScope
  /// On which cards, by how they ended.
  public let outcome: OutcomeScope

  init(
    on direction: String?, to team: String, _ actions: Set<Action>, cards: CardScope,
    outcome: OutcomeScope = .any
  ) {
    self.direction = direction
    self.team = team
    self.actions = actions
    self.cards = cards
    self.outcome = outcome
  }
}
