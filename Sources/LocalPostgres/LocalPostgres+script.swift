extension LocalPostgres {
  /// Runs statements as the superuser, through `psql`.
  ///
  /// - Parameters:
  ///   - script: statements, each ended by a semicolon.
  ///   - database: where to run them.
  public func runScript(_ script: String, in database: String = "postgres") async throws {
    let child = try await ChildProcess.launch(
      ChildCommand(
        [
          binaries.path("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", socketFolder, "-p",
          "\(port)",
          "-U", BootstrapStatements.superuser, "-d", database, "-f", "-",
        ], input: script))
    let status = await child.exit
    guard status == .exited(0) else {
      throw LocalPostgresError(.failed, "psql ended with \(status): \(child.output)")
    }
  }
}
