/// What a database has and what it still needs.
public struct MigrationPlan: Sendable, Equatable {
  /// The history, in its order.
  public let applied: [AppliedMigration]
  /// What is still to be applied, in its order.
  public let pending: [Migration]

  /// Compares the program's migrations with a database's history.
  ///
  /// - Throws: `MigrationError` with every difference, where the history is not a beginning of the
  ///   migrations: nothing may be applied to such a database.
  public init(
    migrations: [Migration], history: [AppliedMigration]
  ) throws(MigrationError) {
    let faults = Self.faults(migrations: migrations, history: history)
    guard faults.isEmpty else { throw MigrationError.history(faults) }
    applied = history
    pending = Array(migrations.dropFirst(history.count))
  }

  /// All differences between the migrations and a history in order of its numbers.
  static func faults(migrations: [Migration], history: [AppliedMigration]) -> [HistoryFault] {
    for (expected, migration) in zip(1..., migrations) where migration.number != expected {
      return [.misnumbered(expected: expected, found: migration.number)]
    }
    var faults: [HistoryFault] = []
    var expected = 1
    for row in history {
      // Only what the program knows can be missed; what it does not know is named below.
      faults += (expected..<max(expected, min(row.number, migrations.count + 1))).map {
        .gap(number: $0)
      }
      expected = row.number + 1
      guard (1..<migrations.count + 1).contains(row.number) else {
        faults.append(.unknown(number: row.number, name: row.name))
        continue
      }
      let migration = migrations[row.number - 1]
      if (migration.name, migration.checksum) != (row.name, row.checksum) {
        faults.append(.changed(number: row.number, name: row.name))
      }
    }
    return faults
  }
}
