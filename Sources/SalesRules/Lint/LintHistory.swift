/// What the cards of a pipeline did.
public struct LintHistory: Hashable, Sendable {
  /// So many moves from one stage to another.
  public struct Move: Hashable, Sendable {
    /// The stage that was left.
    public var from: Int64
    /// The stage that was entered.
    public var to: Int64
    /// How often.
    public var count: Int

    /// Makes a move from its parts.
    public init(from: Int64, to: Int64, count: Int) {
      self.from = from
      self.to = to
      self.count = count
    }
  }

  /// How many cards there are.
  public var cards: Int
  /// The open stages' figures in their order.
  public var stages: [FunnelStageCount]
  /// All moves.
  public var moves: [Move]
  /// For each field of the company's own, by key, how many cards hold a value.
  public var filled: [String: Int]

  /// Makes a history from its parts.
  public init(
    cards: Int, stages: [FunnelStageCount] = [], moves: [Move] = [], filled: [String: Int] = [:]
  ) {
    self.cards = cards
    self.stages = stages
    self.moves = moves
    self.filled = filled
  }
}
