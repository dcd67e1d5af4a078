/// Which statements one connection's session has prepared, and under which generation of their name.
///
/// States of a statement: absent -> pending (its prepare was sent) -> ready (its prepare's result came
/// back). A prepare that failed or was skipped, and a plan found gone or stale, lead back to absent
/// with the next generation, so that no name is ever prepared twice.
struct PreparedStatements {
  /// A statement under one generation of its name.
  struct Name: Hashable {
    let statement: Int
    let generation: Int
  }

  enum Use: Equatable {
    /// Nothing has been sent for it: prepare it under this name first.
    case prepareFirst(Name)
    /// It is prepared, or its prepare is on the way before this use.
    case prepared(Name)
  }

  private enum State {
    case absent
    case pending
    case ready
  }

  /// By the statement's index in the registry.
  private var entries: [(state: State, generation: Int)] = []

  /// How the statement is to be run next; the caller does as told.
  mutating func use(_ statement: Int) -> Use {
    while entries.count <= statement { entries.append((.absent, 0)) }
    let name = Name(statement: statement, generation: entries[statement].generation)
    guard case .absent = entries[statement].state else { return .prepared(name) }
    entries[statement].state = .pending
    return .prepareFirst(name)
  }

  /// The prepare's result came back well.
  mutating func succeeded(_ name: Name) {
    guard isCurrent(name) else { return }
    entries[name.statement].state = .ready
  }

  /// The prepare failed or was skipped, or the plan is gone or stale.
  mutating func invalidated(_ name: Name) {
    guard isCurrent(name) else { return }
    entries[name.statement] = (.absent, name.generation + 1)
  }

  /// Neighbours in flight report the same stale plan again: only the first report counts.
  private func isCurrent(_ name: Name) -> Bool {
    name.statement < entries.count && entries[name.statement].generation == name.generation
  }
}
