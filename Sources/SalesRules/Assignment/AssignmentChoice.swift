/// Whom a rule has chosen, and whom it passed over.
public struct AssignmentChoice: Hashable, Sendable {
  /// Why somebody can't be chosen.
  public enum Hindrance: String, CaseIterable, Sendable {
    case inactive
    case absent
    case noSight = "no_sight"
  }

  /// One who was passed over.
  public struct Skipped: Hashable, Sendable {
    /// The person's id.
    public let user: Int64
    /// Why.
    public let why: Hindrance
  }

  /// The one chosen; nil where nobody was left.
  public let user: Int64?
  /// Those passed over, by their ids.
  public let skipped: [Skipped]

  /// Chooses by a rule among candidates: of a fixed rule, its one person. Taking turns changes the
  /// rotation. Who comes out of equals is left to chance. By `keep` nobody is chosen.
  public static func choose(
    by way: AssignmentRule.Way, among candidates: [AssignmentCandidate],
    rotation: inout Rotation, using random: inout some RandomNumberGenerator
  ) -> AssignmentChoice {
    let skipped = candidates.compactMap { candidate in
      candidate.hindrance.map { Skipped(user: candidate.user, why: $0) }
    }.sorted { $0.user < $1.user }
    let fit = candidates.filter { $0.hindrance == nil }
    let chosen: Int64?
    switch way {
    case .keep: chosen = nil
    case .user: chosen = fit.first?.user
    case .roundRobin: chosen = rotation.take(from: fit.map(\.user), using: &random)
    case .leastLoaded:
      let least = fit.map(\.openCards).min()
      chosen = fit.filter { $0.openCards == least }.randomElement(using: &random)?.user
    }
    return AssignmentChoice(user: chosen, skipped: skipped)
  }
}
