/// What the cards of a pipeline did.
public struct LintHistory: Hashable, Sendable {
  /// So many moves from one open stage to another.
  public struct Move: Hashable, Sendable {
    /// The stage that was left.
    public var from: Int64
    /// The stage that was entered.
    public var to: Int64
    /// How often.
    public var count: Int
    /// Whether the stage that was entered stood before the one that was left when they were made.
    public var isBack: Bool

    /// Makes a move from its parts.
    public init(from: Int64, to: Int64, count: Int, isBack: Bool = false) {
      self.from = from
      self.to = to
      self.count = count
      self.isBack = isBack
    }
  }

  /// How many cards there are.
  public var cards: Int
  /// The open stages' figures in their order.
  public var stages: [FunnelStageCount]
  /// The same figures of those cards alone that had the present stages in their present order before them.
  public var shape: [FunnelStageCount]
  /// All moves between open stages, each judged by the order that was valid when it was made.
  public var moves: [Move]
  /// For each field of the company's own, by key, how many cards hold a value.
  public var filled: [String: Int]

  /// Makes a history from its parts.
  public init(
    cards: Int, stages: [FunnelStageCount] = [], shape: [FunnelStageCount]? = nil,
    moves: [Move] = [], filled: [String: Int] = [:]
  ) {
    self.cards = cards
    self.stages = stages
    self.shape = shape ?? stages
    self.moves = moves
    self.filled = filled
  }
}
