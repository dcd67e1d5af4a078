public import Postgres

/// What a server must know about its database and its own role before it answers anybody.
public enum SchemaCheck {
  /// Asks the database, as the role the server serves with.
  ///
  /// - Parameter migrations: what the program carries; the history must be exactly that.
  /// - Returns: everything that is wrong; empty where the server may start.
  public static func faults(
    on connection: DedicatedConnection, migrations: [Migration] = Migration.all
  ) async throws(PostgresError) -> [SchemaFault] {
    var faults: [SchemaFault] = []
    let version = try await connection.execute([SchemaCheckStatements.serverVersion()])[0][0]
    let found = PostgresVersion(number: Int(try version.integer(0)))
    if !found.isSafe {
      faults.append(.serverVersion(found: "\(found)", oldest: "\(found.oldestSafe)"))
    }
    faults += try await schemaFaults(on: connection, migrations: migrations)
    let answers = try await connection.execute([
      SchemaCheckStatements.powers(), SchemaCheckStatements.memberships(),
      SchemaCheckStatements.ownerships(), SchemaCheckStatements.creation(),
      SchemaCheckStatements.tablePrivileges(),
      SchemaCheckStatements.unprotected(.strings(RelationRules.withoutRowSecurity)),
    ])
    let kinds: [(String) -> SchemaFault] = [
      SchemaFault.power, SchemaFault.membership, SchemaFault.ownership, SchemaFault.privilege,
      SchemaFault.privilege, SchemaFault.unprotected(table:),
    ]
    for (rows, kind) in zip(answers, kinds) {
      for row in rows { faults.append(kind(try row.string(0))) }
    }
    return faults
  }

  private static func schemaFaults(
    on connection: DedicatedConnection, migrations: [Migration]
  ) async throws(PostgresError) -> [SchemaFault] {
    guard try await connection.execute([MigrationStatements.historyExists()])[0][0].bool(0) else {
      return [.noSchema]
    }
    var history: [AppliedMigration] = []
    for row in try await connection.execute([MigrationStatements.history()])[0] {
      history.append(try AppliedMigration(row))
    }
    let faults = MigrationPlan.faults(migrations: migrations, history: history)
    guard faults.isEmpty else { return faults.map(SchemaFault.history) }
    let pending = migrations.dropFirst(history.count).map(\.number)
    return pending.isEmpty ? [] : [.outdated(pending: pending)]
  }
}
