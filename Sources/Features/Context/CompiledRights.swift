internal import Postgres
internal import SalesRules

/// A member's rights as the database compiles them (sql/migrations/0004_access.sql), and as the policies
/// read them (0005_cards.sql).
struct CompiledRights: Sendable {
  /// Whose cards count.
  enum People: Hashable, Sendable {
    /// Everybody's, and nobody's.
    case everybody
    case named(Set<Int64>)

    func contains(_ person: Int64?) -> Bool {
      switch self {
      case .everybody: true
      case .named(let people): person.map(people.contains) ?? false
      }
    }
  }

  /// One action's rights.
  struct Held: Sendable {
    /// Whose cards, by stage.
    let people: [Int64: People]
    /// Where the action is held on anything at all.
    let pipelines: Set<Int64>
    let bits: RightsBits

    static let none = Held(
      people: [:], pipelines: [], bits: RightsBits(.init([:]), sets: 1, lastPerson: 0))

    /// Whether the action is held on the card.
    func covers(_ card: RightsCard) -> Bool {
      people[card.stage]?.contains(card.responsible) ?? false
    }
  }

  /// Every pipeline on which anything is held.
  let pipelines: Set<Int64>
  let parameters:
    (
      pipelines: Parameter, workedOn: Parameter, configure: Parameter, createIn: Parameter,
      sets: Parameter
    )
  private let held: [Action: Held]

  /// What takes knowing colleagues: whoever only looks at cards learns no names but of those responsible.
  private static let work: [Action] = [
    .create, .edit, .move, .close, .assign, .delete, .configure,
  ]

  static let none = CompiledRights([:], [:], lastPerson: 0)

  private init(
    _ people: [Action: [Int64: People]], _ pipelines: [Action: Set<Int64>], lastPerson: Int64
  ) {
    let numbered = people.mapValues { RightsBits.NumberedSets($0) }
    let sets = (numbered.values.map(\.numbers.count).max() ?? 0) + 1
    var held: [Action: Held] = [:]
    for (action, places) in pipelines {
      held[action] = Held(
        people: people[action] ?? [:], pipelines: places,
        bits: RightsBits(numbered[action] ?? .init([:]), sets: sets, lastPerson: lastPerson))
    }
    self.held = held
    self.pipelines = pipelines.values.reduce(into: []) { $0.formUnion($1) }
    let sorted: ([Action]) -> Parameter = { actions in
      .integers(
        actions.reduce(into: Set<Int64>()) { $0.formUnion(pipelines[$1] ?? []) }.sorted())
    }
    parameters = (
      sorted(Action.allCases), sorted(Self.work), sorted([.configure]), sorted([.create]),
      .integer(sets)
    )
  }

  /// From the rows of `compiled_rights`, and the highest number of a person in the company.
  init(_ rows: Rows, lastPerson: Int64) throws {
    var people: [Action: [Int64: People]] = [:]
    var pipelines: [Action: Set<Int64>] = [:]
    for row in rows {
      guard let action = Action(rawValue: try row.string(0)) else { continue }
      pipelines[action, default: []].formUnion(try row.integers(1))
      let whose = row.isNull(3) ? People.everybody : .named(Set(try row.integers(3)))
      guard whose != .named([]) else { continue }
      for stage in try row.integers(2) { people[action, default: [:]][stage] = whose }
    }
    self.init(people, pipelines, lastPerson: lastPerson)
  }

  /// Whether anything is held but looking.
  var worksOnCards: Bool { Self.work.contains { held[$0] != nil } }

  subscript(action: Action) -> Held { held[action] ?? .none }
}
