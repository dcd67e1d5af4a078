/// What a person may do with the cards of a pipeline, or with the pipeline itself.
public enum Action: String, CaseIterable, Hashable, Sendable {
  /// See the card and everything that hangs on it.
  case view
  /// Put a new card into the pipeline, also without seeing those already there.
  case create
  /// Change the card's values.
  case edit
  /// Move the card from stage to stage.
  case move
  /// Win, lose, convert, declare invalid or reopen the card.
  case close
  /// Choose who is responsible.
  case assign
  /// Delete the card.
  case delete
  /// Take cards out in bulk.
  case export
  /// Change the pipeline's design: stages, rules, robots.
  case configure

  /// True where the action is done to the pipeline and not to a card in it: then a grant's `cards` and
  /// `outcome` have nothing to limit.
  public var concernsPipeline: Bool {
    self == .create || self == .configure
  }
}
