/// How much of each thing a plan allows; nil is no limit.
public struct PlanLimits: Hashable, Sendable {
  /// Deal pipelines.
  public var dealPipelines: Int?
  /// Stages in one pipeline.
  public var stagesPerPipeline: Int?
  /// Active users.
  public var users: Int?
  /// The company's own fields.
  public var customFields: Int?
  /// Robots.
  public var robots: Int?
  /// Requests a second.
  public var requestsPerSecond: Int?

  /// Makes limits from their parts; what is left out is not limited.
  public init(
    dealPipelines: Int? = nil, stagesPerPipeline: Int? = nil, users: Int? = nil,
    customFields: Int? = nil, robots: Int? = nil, requestsPerSecond: Int? = nil
  ) {
    self.dealPipelines = dealPipelines
    self.stagesPerPipeline = stagesPerPipeline
    self.users = users
    self.customFields = customFields
    self.robots = robots
    self.requestsPerSecond = requestsPerSecond
  }

  /// The maximum of this one, nil for no limit.
  public subscript(limit: PlanLimit) -> Int? {
    get { self[keyPath: Self.path(of: limit)] }
    set { self[keyPath: Self.path(of: limit)] = newValue }
  }

  /// What stands in the way of `adding` more where `used` are there already; nil if nothing does.
  ///
  /// With `adding` zero it tells whether what is there exceeds the limit.
  public func violation(of limit: PlanLimit, used: Int, adding: Int = 1) -> PlanViolation? {
    guard let max = self[limit], used + adding > max else { return nil }
    return PlanViolation(limit: limit, max: max, used: used, adding: adding)
  }

  /// Every limit that this use exceeds, in the order of ``PlanLimit``: what a downgrade would meet.
  public func violations(by usage: [PlanLimit: Int]) -> [PlanViolation] {
    PlanLimit.allCases.compactMap { violation(of: $0, used: usage[$0] ?? 0, adding: 0) }
  }

  /// The pipelines that freeze under the limit on deal pipelines: all but the first `max` of those
  /// given, which stand in the order in which the company wants to keep them.
  public func frozenPipelines(inOrderOfKeeping pipelines: [Int64]) -> [Int64] {
    guard let max = dealPipelines else { return [] }
    return Array(pipelines.dropFirst(max))
  }

  private static func path(of limit: PlanLimit) -> WritableKeyPath<PlanLimits, Int?> {
    switch limit {
    case .dealPipelines: \.dealPipelines
    case .stagesPerPipeline: \.stagesPerPipeline
    case .users: \.users
    case .customFields: \.customFields
    case .robots: \.robots
    case .requestsPerSecond: \.requestsPerSecond
    }
  }
}
