internal import Foundation
internal import Logging

/// Makes a cluster with Voronka's roles and its empty database: whole, or not at all.
struct ClusterMaker: Sendable {
  let folder: ClusterFolder
  let binaries: PostgresBinaries
  let isThrowaway: Bool
  let logger: Logger

  /// Makes the cluster under another name and renames it when it is whole, so that a kill at any
  /// moment leaves either nothing or everything.
  func makeIfMissing() async throws {
    guard folder.major == nil else { return }
    logger.info("making a new cluster", metadata: ["folder": "\(folder.data)"])
    try await run("/bin/rm", ["-rf", "--", folder.unfinished])
    try await run(
      binaries.path("initdb"),
      [
        "--pgdata=\(folder.unfinished)", "--username=\(BootstrapStatements.superuser)",
        "--auth-local=peer", "--auth-host=reject", "--locale=C.UTF-8", "--encoding=UTF8",
        "--data-checksums",
      ] + (isThrowaway ? ["--no-sync"] : []))
    try await bootstrap(
      BootstrapStatements.roles
        + BootstrapStatements.createDatabase(BootstrapStatements.database),
      in: "postgres")
    try await bootstrap(BootstrapStatements.createSchema, in: BootstrapStatements.database)
    try await write(ClusterSettings.hostAccess, to: "\(folder.unfinished)/pg_hba.conf")
    if !isThrowaway {
      let memory = ProcessInfo.processInfo.physicalMemory
      try await write(
        ClusterSettings.configuration(memory: memory), to: "\(folder.unfinished)/postgresql.conf",
        options: ["-a"])
      try await run("/bin/sync", ["-f", folder.unfinished])
    }
    try await run("/bin/mv", ["-T", "--", folder.unfinished, folder.data])
  }

  /// Writes who may act as which role; anew at each start, since the server's user may change.
  func writeIdentities() async throws {
    try await write(
      ClusterSettings.identities(folder.user), to: "\(folder.data)/pg_ident.conf")
  }

  /// Runs statements in PostgreSQL's single-user mode, before anybody can connect.
  private func bootstrap(_ statements: [String], in database: String) async throws {
    // With -j a statement ends at a semicolon and an empty line.
    try await run(
      binaries.path("postgres"),
      ["--single", "-j", "-D", folder.unfinished, "-c", "exit_on_error=on"]
        + (isThrowaway ? ["-F"] : []) + [database],
      input: statements.map { "\($0);\n\n" }.joined())
  }

  /// Writes as the cluster user, so that no link in its folders leads this process astray.
  private func write(_ text: String, to path: String, options: [String] = []) async throws {
    try await run("/usr/bin/tee", options + ["--", path], input: text)
  }

  private func run(_ program: String, _ arguments: [String], input: String = "") async throws {
    let words = folder.user.command(program, arguments, deathSignal: "KILL")
    let child = try await ChildProcess.launch(ChildCommand(words, input: input))
    let status = await child.exit
    guard status == .exited(0) else {
      throw LocalPostgresError(
        .failed, "\(program) ended with \(status): \(child.output.suffix(2000))")
    }
  }
}
