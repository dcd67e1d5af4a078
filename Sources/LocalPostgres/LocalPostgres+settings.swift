public import Postgres

extension LocalPostgres {
  /// Settings that lead to this server.
  ///
  /// - Parameter role: one of `BootstrapStatements`' roles; this process's user may act as each.
  public func settings(
    for role: String, database: String = BootstrapStatements.database
  ) -> ConnectionSettings {
    ConnectionSettings(host: socketFolder, port: port, database: database, user: role)
  }
}

extension TemporaryCluster {
  /// Settings that lead to a database of this cluster.
  public func settings(for role: String, database: String) -> ConnectionSettings {
    postgres.settings(for: role, database: database)
  }
}
