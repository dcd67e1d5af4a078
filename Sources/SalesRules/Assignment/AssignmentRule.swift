/// Who becomes responsible for a card that enters a stage, or comes into a pipeline with nobody named.
public enum AssignmentRule: Hashable, Sendable {
  /// Whoever is responsible already; of a new card, nobody.
  case keep
  /// One and the same person.
  case user(Int64)
  /// The people of a team one after another.
  case roundRobin(team: Int64)
  /// The one of a team's people who has the fewest open cards in the pipeline.
  case leastLoaded(team: Int64)

  /// The ways by their names for programs.
  public enum Way: String, CaseIterable, Sendable {
    case keep
    case user
    case roundRobin = "round_robin"
    case leastLoaded = "least_loaded"
  }

  /// How it chooses.
  public var way: Way {
    switch self {
    case .keep: .keep
    case .user: .user
    case .roundRobin: .roundRobin
    case .leastLoaded: .leastLoaded
    }
  }

  /// The one person it names.
  public var user: Int64? {
    if case .user(let id) = self { id } else { nil }
  }

  /// The team among whose people it chooses.
  public var team: Int64? {
    switch self {
    case .roundRobin(let team), .leastLoaded(let team): team
    case .keep, .user: nil
    }
  }

  /// A rule from its parts; nil where they do not fit together.
  public init?(way: Way, user: Int64? = nil, team: Int64? = nil) {
    switch (way, user, team) {
    case (.keep, nil, nil): self = .keep
    case (.user, let user?, nil): self = .user(user)
    case (.roundRobin, nil, let team?): self = .roundRobin(team: team)
    case (.leastLoaded, nil, let team?): self = .leastLoaded(team: team)
    default: return nil
    }
  }
}
