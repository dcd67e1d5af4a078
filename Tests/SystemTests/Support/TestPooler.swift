internal import Foundation
internal import Postgres
internal import TestSupport

/// A real PgBouncer in transaction mode before a test's database, gone with its last user.
final class TestPooler: Sendable {
  /// Why there is none.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private static let port = 6432
  private let program: SpawnedProgram
  private let folder: String
  private let database: String

  private init(program: SpawnedProgram, folder: String, database: String) {
    self.program = program
    self.folder = folder
    self.database = database
  }

  deinit {
    program.signal(SIGKILL)
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Starts one that shares so many sessions of `voronka_app` among all who come.
  static func start(before database: TestDatabase, sessions: Int) async throws -> TestPooler {
    let executable = "/usr/sbin/pgbouncer"
    guard FileManager.default.isExecutableFile(atPath: executable) else {
      throw Failure(description: "PgBouncer is missing. As root: apt-get install pgbouncer")
    }
    // Not under TMPDIR, which is often a folder that only its owner may enter.
    let folder = "/tmp/voronka-pooler-\(UInt32.random(in: .min ... .max))"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o711])
    // PgBouncer refuses root as PostgreSQL does, and works as the same user.
    let isRoot = getuid() == 0
    let user = ProcessInfo.processInfo.environment["VORONKA_POSTGRES_USER"] ?? "postgres"
    if isRoot {
      try FileManager.default.setAttributes(
        [.ownerAccountName: user], ofItemAtPath: folder)
    }
    let settings = database.application
    let server = ["host", "port", "user"].map { "\($0)=\(settings[$0] ?? "")" }
    let configuration = """
      [databases]
      pooled = \(server.joined(separator: " ")) dbname=\(database.name)
      [pgbouncer]
      listen_port = \(port)
      unix_socket_dir = \(folder)
      auth_type = any
      pool_mode = transaction
      default_pool_size = \(sessions)
      max_client_conn = 200
      """
    let file = folder + "/pgbouncer.ini"
    try configuration.write(toFile: file, atomically: true, encoding: .utf8)
    let program = try await SpawnedProgram.start(
      executable, (isRoot ? ["--user", user] : []) + [file])
    guard await program.errors.line(with: "process up") != nil else {
      throw Failure(description: "PgBouncer did not start: \(await program.errors.whole)")
    }
    return TestPooler(program: program, folder: folder, database: database.name)
  }

  /// What `voronkad serve` is told.
  var url: String {
    "postgresql:///pooled?host=\(folder)&port=\(Self.port)&user=voronka_app"
  }

  /// The way to it for any other client.
  var settings: ConnectionSettings {
    var settings = ConnectionSettings(
      host: folder, port: Self.port, database: "pooled", user: "voronka_app")
    settings.sessionParameterDelivery = .transactionLocal
    return settings
  }
}
