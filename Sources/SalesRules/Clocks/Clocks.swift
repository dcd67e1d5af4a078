/// The three clocks of a card: how long it stands in its stage, how long it lives, and how long nobody touched it (S2).
///
/// They come from when things happened and from when the clocks stood still, never from when a row was last
/// written. While the card is paused all three stand still; of a closed card they stand as they stood when it was
/// closed.
public struct Clocks: Hashable, Sendable {
  /// Whole seconds since it entered its stage.
  public let inStage: Int64
  /// Whole seconds since it was made.
  public let life: Int64
  /// Whole seconds since it was last touched.
  public let silence: Int64
  /// How many seconds it may stand in its stage; nil where there is no limit.
  public let dwellLimit: Int64?
  /// How many seconds it may live; nil where there is no limit.
  public let lifeLimit: Int64?
  /// Whether it stands in its stage for longer than it may.
  public let isOverstayed: Bool
  /// Whether it lives for longer than it may.
  public let isOutlived: Bool

  /// Reads the clocks at a moment.
  ///
  /// - Parameters:
  ///   - stands: when the clocks stood or stand still, in any order; they may overlap.
  ///   - dwellLimit: how long a card may stand in the stage, where that is limited. Months count by the
  ///     calendar from when the clock began.
  public init(
    createdAt: Timestamp, stageEnteredAt: Timestamp, touchedAt: Timestamp, closedAt: Timestamp?,
    stands: [StandStill], dwellLimit: ISO8601Duration? = nil, lifeLimit: ISO8601Duration? = nil,
    at now: Timestamp
  ) {
    let end = closedAt.map { min($0, now) } ?? now
    let stands = stands.sorted { $0.since < $1.since }
    let inStage = Self.run(from: stageEnteredAt, to: end, stands)
    let life = Self.run(from: createdAt, to: end, stands)
    let dwell = dwellLimit.map { Self.length(of: $0, from: stageEnteredAt) }
    let limit = lifeLimit.map { Self.length(of: $0, from: createdAt) }
    self.inStage = inStage / Self.second
    self.life = life / Self.second
    silence = Self.run(from: touchedAt, to: end, stands) / Self.second
    self.dwellLimit = dwell.map { $0 / Self.second }
    self.lifeLimit = limit.map { $0 / Self.second }
    isOverstayed = dwell.map { inStage > $0 } ?? false
    isOutlived = limit.map { life > $0 } ?? false
  }

  private static let second: Int64 = 1_000_000

  /// The microseconds from one moment to another, without those in which the clock stands still, which are sorted
  /// by their beginning; zero where the end is not later.
  private static func run(
    from start: Timestamp, to end: Timestamp, _ stands: [StandStill]
  ) -> Int64 {
    var (run, reached): (Int64, Timestamp) = (0, start)
    for stand in stands where stand.until > max(reached, stand.since) {
      guard stand.since < end, reached < end else { break }
      if stand.since > reached { run += microseconds(from: reached, to: stand.since) }
      reached = stand.until
    }
    return reached < end ? run + microseconds(from: reached, to: end) : run
  }

  private static func length(of limit: ISO8601Duration, from start: Timestamp) -> Int64 {
    limit.seconds.map { $0 * second } ?? microseconds(from: start, to: start.adding(limit))
  }

  private static func microseconds(from start: Timestamp, to end: Timestamp) -> Int64 {
    end.microsecondsSince1970 - start.microsecondsSince1970
  }
}
