internal import Postgres
internal import SalesRules

/// A member's rights as the database compiles them (sql/migrations/0004_access.sql): the same arrays
/// that the policies compare cards with.
struct CompiledRights: Sendable {
  /// One action's arrays.
  struct Held: Sendable {
    /// Numbers of pipeline and outcome, whoever is responsible.
    let all: Set<Int64>
    /// Numbers of responsible, pipeline and outcome.
    let some: Set<Int64>
    /// Where the action is held on anything at all.
    let pipelines: Set<Int64>
    let parameters: (all: Parameter, some: Parameter)

    static let none = Held(all: [], some: [], pipelines: [])

    init(all: [Int64], some: [Int64], pipelines: [Int64]) {
      self.all = Set(all)
      self.some = Set(some)
      self.pipelines = Set(pipelines)
      parameters = (.integers(all), .integers(some))
    }

    /// Whether the action is held on the card.
    func covers(_ card: RightsCard) -> Bool {
      let place = card.pipeline * 4 + card.outcome.rightsNumber
      if all.contains(place) { return true }
      return card.responsible.map { some.contains($0 * 17_179_869_184 + place) } ?? false
    }
  }

  /// Every pipeline on which anything is held.
  let pipelines: Set<Int64>
  let parameters: (pipelines: Parameter, configure: Parameter, createIn: Parameter)
  private let held: [Action: Held]

  static let none = CompiledRights([:])

  init(_ held: [Action: Held]) {
    self.held = held
    pipelines = held.values.reduce(into: []) { $0.formUnion($1.pipelines) }
    let sorted: (Action) -> [Int64] = { (held[$0] ?? .none).pipelines.sorted() }
    parameters = (
      .integers(pipelines.sorted()), .integers(sorted(.configure)), .integers(sorted(.create))
    )
  }

  /// From the rows of `compiled_rights`.
  init(_ rows: Rows) throws {
    var held: [Action: Held] = [:]
    for row in rows {
      guard let action = Action(rawValue: try row.string(0)) else { continue }
      held[action] = Held(
        all: try row.integers(1), some: try row.integers(2), pipelines: try row.integers(3))
    }
    self.init(held)
  }

  subscript(action: Action) -> Held { held[action] ?? .none }
}

extension Outcome {
  /// As `pipeline_outcome` counts it.
  fileprivate var rightsNumber: Int64 {
    switch self {
    case .open: 0
    case .won: 1
    case .lost: 2
    }
  }
}
