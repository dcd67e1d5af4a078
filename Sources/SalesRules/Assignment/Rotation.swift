/// People who take turns: those who had one, the longest ago first.
///
/// Whoever comes new or back from an absence gets one turn like everybody, and not all those missed.
public struct Rotation: Hashable, Sendable {
  /// Whoever had a turn, the longest ago first.
  public private(set) var people: [Int64]

  /// Turns as they were taken.
  public init(_ people: [Int64] = []) {
    self.people = people
  }

  /// Gives the next turn to one of these people: to one who had none yet, else to the one whose last turn
  /// is the longest ago. Nil where there is nobody.
  public mutating func take(
    from candidates: [Int64], using random: inout some RandomNumberGenerator
  ) -> Int64? {
    let fresh = candidates.filter { !people.contains($0) }
    let next = fresh.randomElement(using: &random) ?? people.first(where: candidates.contains)
    guard let next else { return nil }
    people.removeAll { $0 == next }
    people.append(next)
    // Those who left the team long ago need not be kept for ever.
    if people.count > Self.most { people.removeFirst(people.count - Self.most) }
    return next
  }

  private static let most = 1000
}
