import Foundation
import LocalPostgres
import Logging
import Testing

/// Promises about the life of a private PostgreSQL; each test has a cluster of its own.
@Suite struct LocalPostgresLifeTests {
  private let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

  @Test
  func `A cluster is started again when its postmaster is killed, and keeps what was committed`()
    async throws
  {
    try await withFolder { folder in
      let postgres = try await LocalPostgres.start(configuration(folder), logger: logger)
      let first = try #require(postgres.postmaster)
      try await postgres.runScript("create table kept (a int); insert into kept values (1);")
      let running = Task { try await postgres.run() }
      kill(first, SIGKILL)
      try await until { postgres.starts == 2 && postgres.isReady }
      #expect(postgres.postmaster != first)
      try await postgres.runScript("insert into kept select a from kept;")
      running.cancel()
      try await running.value
      #expect(postgres.postmaster == nil)
    }
  }

  @Test func `A stopped cluster starts again with its data`() async throws {
    try await withFolder { folder in
      let first = try await LocalPostgres.start(configuration(folder), logger: logger)
      try await first.runScript("create table kept (a int);")
      await first.stop()
      let second = try await LocalPostgres.start(configuration(folder), logger: logger)
      try await second.runScript("insert into kept values (1);")
      await second.stop()
    }
  }

  @Test func `Two servers do not work on one folder`() async throws {
    try await withFolder { folder in
      let postgres = try await LocalPostgres.start(configuration(folder), logger: logger)
      let error = await #expect(throws: LocalPostgresError.self) {
        try await LocalPostgres.start(configuration(folder), logger: logger)
      }
      #expect(error?.kind == .inUse)
      #expect(error?.message.contains("process \(getpid())") == true)
      try await postgres.runScript("select 1;")
      await postgres.stop()
    }
  }

  @Test func `A cluster's files, socket and folder are open to its user alone`() async throws {
    try await withFolder { folder in
      let postgres = try await LocalPostgres.start(configuration(folder), logger: logger)
      let attributes = try FileManager.default.attributesOfItem(atPath: postgres.socketFolder)
      #expect(attributes[.posixPermissions] as? Int == 0o700)
      await #expect(throws: LocalPostgresError.self) {
        try await postgres.runScript("do $$ begin raise '%', current_setting('nothing'); end $$;")
      }
      await postgres.stop()
    }
  }

  @Test func `A folder whose path is too long for a socket gets a short one elsewhere`()
    async throws
  {
    try await withFolder { folder in
      let long = folder + "/" + String(repeating: "a", count: 120)
      let postgres = try await LocalPostgres.start(configuration(long), logger: logger)
      #expect(postgres.socketFolder.utf8.count < 80)
      try await postgres.runScript("select 1;")
      await postgres.stop()
      try FileManager.default.removeItem(atPath: postgres.socketFolder)
    }
  }

  @Test(.enabled(if: geteuid() == 0, "only root hands PostgreSQL to another user"))
  func `A parent folder that bars PostgreSQL's user is named`() async throws {
    try await withFolder { folder in
      let barred = folder + "/barred"
      try FileManager.default.createDirectory(
        atPath: barred + "/inner", withIntermediateDirectories: true)
      chmod(barred, 0o700)
      let error = await #expect(throws: LocalPostgresError.self) {
        try await LocalPostgres.start(configuration(barred + "/inner/data"), logger: logger)
      }
      #expect(error?.kind == .barred)
      #expect(error?.message.contains("may not enter \(barred):") == true)
    }
  }

  @Test func `An unknown user and a folder without programs are named`() async throws {
    try await withFolder { folder in
      var nobody = configuration(folder)
      nobody.user = "no-such-user"
      if geteuid() == 0 {
        let error = await #expect(throws: LocalPostgresError.self) {
          try await LocalPostgres.start(nobody, logger: logger)
        }
        #expect(error?.kind == .noUser)
      }
      var nothing = configuration(folder)
      nothing.binaries = "/var/empty"
      let error = await #expect(throws: LocalPostgresError.self) {
        try await LocalPostgres.start(nothing, logger: logger)
      }
      #expect(error?.kind == .noBinaries)
    }
  }

  @Test func `A making that was killed half way leaves nothing that a later start trips over`()
    async throws
  {
    try await withFolder { folder in
      let first = try await LocalPostgres.start(configuration(folder), logger: logger)
      await first.stop()
      // As a kill before the last step would have left it.
      rename(folder + "/postgres/data", folder + "/postgres/data.new")
      let second = try await LocalPostgres.start(configuration(folder), logger: logger)
      try await second.runScript("select 1;")
      await second.stop()
      #expect(!FileManager.default.fileExists(atPath: folder + "/postgres/data.new"))
    }
  }

  private func configuration(_ folder: String) -> LocalPostgresConfiguration {
    var configuration = LocalPostgresConfiguration(
      folder: folder, environment: ProcessInfo.processInfo.environment)
    configuration.stopLimit = .seconds(10)
    return configuration
  }

  private func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = "/tmp/voronka-life-\(UInt32.random(in: .min ... .max))"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o711])
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try await body(folder)
  }

  private func until(_ condition: () -> Bool) async throws {
    while !condition() { try await Task.sleep(for: .milliseconds(10)) }
  }
}
