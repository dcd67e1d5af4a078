internal import Foundation
internal import Glibc
internal import Logging
internal import Synchronization

/// A throw-away PostgreSQL for tests: one for the whole process, gone with it.
///
/// Nothing is flushed to disk. It is started when it is first asked for and deleted when the process
/// ends; what a killed process left behind, the next one clears away.
public final class TemporaryCluster: Sendable {
  /// The server.
  public let postgres: LocalPostgres
  private let made = Atomic(0)

  private init(postgres: LocalPostgres) {
    self.postgres = postgres
  }

  private static let start = Task { try await make() }

  /// The cluster of this process.
  public static func shared() async throws -> TemporaryCluster {
    try await start.value
  }

  /// Creates a database with Voronka's roles and schema.
  ///
  /// - Parameter template: the database it becomes a copy of; by default an empty one. Nobody may be
  ///   connected to it meanwhile.
  /// - Returns: its name.
  public func createDatabase(from template: String = BootstrapStatements.database) async throws
    -> String
  {
    let name = "test_\(made.add(1, ordering: .relaxed).newValue)"
    let statements = BootstrapStatements.createDatabase(name, template: template)
    try await postgres.runScript(statements.map { "\($0);\n" }.joined())
    return name
  }

  private static func make() async throws -> TemporaryCluster {
    await TemporaryFolders.removeAbandoned()
    var configuration = LocalPostgresConfiguration(
      folder: try await TemporaryFolders.make(), environment: ProcessInfo.processInfo.environment)
    configuration.isThrowaway = true
    configuration.startLimit = .seconds(60)
    var logger = Logger(label: "voronka.test.postgres")
    logger.logLevel = .warning
    let postgres = try await LocalPostgres.start(configuration, logger: logger)
    endAtExit.withLock { $0 = postgres }
    atexit { TemporaryCluster.deleteAtExit() }
    return TemporaryCluster(postgres: postgres)
  }

  private static let endAtExit = Mutex<LocalPostgres?>(nil)

  private static func deleteAtExit() {
    guard let postgres = endAtExit.withLock({ $0 }) else { return }
    postgres.abandon(within: .seconds(5))
    try? FileManager.default.removeItem(atPath: postgres.folder.root)
  }
}
