internal import Foundation
internal import JSON
internal import JSONRPC
internal import LocalPostgres
internal import Postgres
internal import TestSupport
internal import Testing
internal import VoronkaClient

/// A whole installation into a folder and back, as an operator does it.
@Suite("Backup and restore", .timeLimit(.minutes(10)))
struct BackupTests {
  @Test("A backup taken under load holds every deal acknowledged before it began, and is served")
  func underLoad() async throws {
    let server = try await RunningServer.start()
    let company = try await WireCompany.make("backup", on: server)
    let stream = DealStream(company, hasKeys: true)
    try await stream.start(connections: 4)
    await stream.more(100)
    let before = stream.fates
    let place = try Place()
    let backup = try await voronkad("backup", "--data", server.folder.path, "--to", place.backup)
    #expect(backup.status == .exited(0), "\(backup.errors)")
    await stream.more(20)
    try await stream.stop()
    #expect(try place.modes(in: place.backup).allSatisfy { $0 == 0o600 })

    let restored = try await restore(place)
    let owner = try await restored.connect()
    let login = try await owner.call("auth.login", WireCompany.login("backup"))
    #expect(login["token"]?.string != nil)
    let titles = try await company.titles(on: owner)
    for (title, fate) in before {
      if case .made = fate { #expect(titles[title] == 1, "\(title)") }
    }
    #expect(titles.values.allSatisfy { $0 == 1 })

    // What was acknowledged later is not in it, or is there once: with its key it is never made twice.
    for (title, fate) in stream.fates {
      guard case .made = fate else { continue }
      _ = try await owner.call(
        "deal.create",
        [
          "pipeline": .integer(company.pipeline), "title": .string(title),
          "idempotency_key": .string(title),
        ])
    }
    let all = try await company.titles(on: owner)
    #expect(all.count == stream.fates.count && all.values.allSatisfy { $0 == 1 })
    #expect(await restored.stop() == .exited(0))
    #expect(await server.stop() == .exited(0))
  }

  @Test("A restored installation is the same: log-ins, reports, tokens; ids and transactions go on")
  func same() async throws {
    let server = try await SharedServer.get()
    let company = try await WireCompany.make("same", on: server)
    let reason = try await company.owner.call(
      "reason.create", ["kind": "loss", "name": "The price"])
    var ids: Set<Int64> = []
    for number in 1...40 {
      let deal = try await company.owner.call(
        "deal.create",
        [
          "pipeline": .integer(company.pipeline), "title": .string("deal \(number)"),
          "amount": ["amount": "100.00", "currency": "USD"],
        ])
      let id = try #require(deal["id"]?.int64)
      ids.insert(id)
      if number % 4 == 0 {
        _ = try await company.owner.call(
          "deal.lose",
          ["id": .integer(id), "reason": reason["id"] ?? .null, "comment": "Too dear"])
      }
    }
    let report = try await company.owner.call(
      "report.funnel", ["pipeline": .integer(company.pipeline)])
    #expect(report["totals"]?["lost"] == 10)
    let place = try Place()
    let backup = try await voronkad("backup", "--data", server.folder.path, "--to", place.backup)
    #expect(backup.status == .exited(0), "\(backup.errors)")
    let transaction = try await currentTransaction(of: server)

    let restored = try await restore(place)
    #expect(try restored.folder.operatorToken() == server.folder.operatorToken())
    let installer = try await restored.operatorConnection()
    #expect(try await installer.call("tenant.get", ["tenant": "same"])["slug"] == "same")
    let owner = try await company.connect(to: restored)
    #expect(
      try await owner.call("report.funnel", ["pipeline": .integer(company.pipeline)]) == report)
    for number in 1...40 {
      let deal = try await owner.call(
        "deal.create",
        ["pipeline": .integer(company.pipeline), "title": .string("later \(number)")])
      #expect(ids.insert(try #require(deal["id"]?.int64)).inserted)
    }
    #expect(try await currentTransaction(of: restored) > transaction)
    #expect(await restored.stop() == .exited(0))
  }

  @Test("An installation at rest is backed up as well, and stays at rest")
  func atRest() async throws {
    let server = try await RunningServer.start()
    let company = try await WireCompany.make("rest", on: server)
    #expect(await server.stop() == .exited(0))
    let place = try Place()
    let backup = try await voronkad("backup", "--data", server.folder.path, "--to", place.backup)
    #expect(backup.status == .exited(0), "\(backup.errors)")
    #expect(server.folder.postmaster == nil)
    let restored = try await restore(place)
    _ = try await company.connect(to: restored).call("auth.whoami")
    #expect(await restored.stop() == .exited(0))
  }

  @Test("Nothing is overwritten: neither by a backup nor by a restore")
  func overwriting() async throws {
    let server = try await SharedServer.get()
    let place = try Place()
    try FileManager.default.createDirectory(
      atPath: place.backup, withIntermediateDirectories: false)
    let refused = try await voronkad("backup", "--data", server.folder.path, "--to", place.backup)
    #expect(refused.status == .exited(1) && refused.errors.contains("is there already"))
    rmdir(place.backup)
    let backup = try await voronkad("backup", "--data", server.folder.path, "--to", place.backup)
    #expect(backup.status == .exited(0), "\(backup.errors)")

    let token = try server.folder.operatorToken()
    let onto = try await voronkad(
      "restore", "--from", place.backup, "--data", server.folder.path)
    #expect(onto.status == .exited(1) && onto.errors.contains("is not empty"))
    #expect(try server.folder.operatorToken() == token)
    let absent = try await voronkad(
      "backup", "--data", place.path + "/nowhere", "--to", place.path + "/other")
    #expect(absent.status == .exited(1) && absent.errors.contains("there is no installation in"))
    #expect(!FileManager.default.fileExists(atPath: place.path + "/other"))
    #expect(!FileManager.default.fileExists(atPath: place.path + "/other.partial"))
  }

  @Test("A backup that was cut off, cut short or altered is refused, and nothing is made of it")
  func damaged() async throws {
    let server = try await SharedServer.get()
    let place = try Place()
    let backup = try await voronkad("backup", "--data", server.folder.path, "--to", place.backup)
    #expect(backup.status == .exited(0), "\(backup.errors)")
    let dump = place.backup + "/database.dump"
    let whole = try Data(contentsOf: URL(fileURLWithPath: dump))

    func refused(_ word: String) async throws {
      let outcome = try await voronkad("restore", "--from", place.backup, "--data", place.data)
      #expect(outcome.status == .exited(1) && outcome.errors.contains(word), "\(outcome.errors)")
      #expect(!FileManager.default.fileExists(atPath: place.data + "/postgres"))
    }
    try whole.dropLast(1000).write(to: URL(fileURLWithPath: dump))
    try await refused("database.dump is damaged or cut off")
    var altered = whole
    altered[whole.count / 2] ^= 1
    try altered.write(to: URL(fileURLWithPath: dump))
    try await refused("database.dump is damaged or cut off")
    try whole.write(to: URL(fileURLWithPath: dump))

    let manifest = place.backup + "/manifest.json"
    let text = try String(contentsOfFile: manifest, encoding: .utf8)
    try Data().write(to: URL(fileURLWithPath: manifest))
    try await refused("manifest.json is damaged")
    try text.replacing(#""schema":"#, with: #""schema":9"#).write(
      toFile: manifest, atomically: true, encoding: .utf8)
    try await refused("the backup is of a newer program")
    try FileManager.default.removeItem(atPath: manifest)
    try await refused("is no whole backup")
    try text.write(toFile: manifest, atomically: true, encoding: .utf8)
    let restored = try await restore(place)
    #expect(await restored.stop() == .exited(0))
  }

  @Test("A row that the dump lost is missed")
  func lost() async throws {
    let server = try await SharedServer.get()
    let place = try Place()
    let backup = try await voronkad("backup", "--data", server.folder.path, "--to", place.backup)
    #expect(backup.status == .exited(0), "\(backup.errors)")
    let manifest = place.backup + "/manifest.json"
    let text = try String(contentsOfFile: manifest, encoding: .utf8)
    try text.replacing(#""operator_token":1"#, with: #""operator_token":2"#).write(
      toFile: manifest, atomically: true, encoding: .utf8)
    let outcome = try await voronkad("restore", "--from", place.backup, "--data", place.data)
    #expect(
      outcome.status == .exited(1)
        && outcome.errors.contains("operator_token has 1 rows and should have 2"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.data) == [])
  }

  @Test("A killed backup leaves no folder of the name, and the next one takes its place over")
  func killedBackup() async throws {
    let server = try await SharedServer.get()
    let place = try Place()
    try await withLockedTable(server) {
      let program = try await SpawnedProgram.start(
        RunningServer.program("voronkad").path,
        ["backup", "--data", server.folder.path, "--to", place.backup])
      #expect(await program.errors.line(with: "counting the rows") != nil)
      let second = try await voronkad(
        "backup", "--data", server.folder.path, "--to", place.backup)
      #expect(second.status == .exited(1) && second.errors.contains("another backup is being"))
      program.signal(SIGKILL)
      _ = await program.ending
    }
    #expect(!FileManager.default.fileExists(atPath: place.backup))
    #expect(FileManager.default.fileExists(atPath: place.backup + ".partial"))
    let half = try await voronkad(
      "restore", "--from", place.backup + ".partial", "--data", place.data)
    #expect(half.status == .exited(1) && half.errors.contains("is no whole backup"))
    let backup = try await voronkad("backup", "--data", server.folder.path, "--to", place.backup)
    #expect(backup.status == .exited(0), "\(backup.errors)")
    #expect(!FileManager.default.fileExists(atPath: place.backup + ".partial"))
  }

  @Test("A folder in which a restore was cut off is not served, and the next restore takes it over")
  func killedRestore() async throws {
    let server = try await SharedServer.get()
    let place = try Place()
    let backup = try await voronkad("backup", "--data", server.folder.path, "--to", place.backup)
    #expect(backup.status == .exited(0), "\(backup.errors)")
    let program = try await SpawnedProgram.start(
      RunningServer.program("voronkad").path,
      ["restore", "--from", place.backup, "--data", place.data])
    #expect(await program.errors.line(with: "restoring ") != nil)
    program.signal(SIGKILL)
    _ = await program.ending
    let served = try await voronkad("serve", "--data", place.data, "--listen", "127.0.0.1:0")
    #expect(served.status == .exited(1) && served.errors.contains("did not come to its end"))
    let restored = try await restore(place)
    #expect(await restored.stop() == .exited(0))
  }

  @Test("An existing PostgreSQL is backed up by a role that sees every row, and by no other")
  func existing() async throws {
    let database = try await TestDatabase.migrated()
    let place = try Place()
    for role in [database.owner, database.application] {
      let refused = try await voronkad(
        "backup", "--to", place.backup, environment: url(database, role))
      #expect(refused.status == .exited(1) && refused.errors.contains("row-level security hides"))
      #expect(!FileManager.default.fileExists(atPath: place.backup))
    }
    // What would come of it if pg_dump were told to obey: no error, and no rows.
    try await database.connected(as: database.superuser) { connection in
      _ = try await connection.executeScript(
        "insert into voronka.operator_token values (1, '\\x00', now())")
    }
    let obeying = try await Program.run(
      try await LocalPostgres.program("pg_dump"),
      [
        "--enable-row-security", "--data-only", "--table=voronka.operator_token",
        "--column-inserts",
      ], environment: variables(database, database.owner))
    #expect(obeying.status == .exited(0) && !obeying.output.contains("INSERT INTO"))

    let backup = try await voronkad(
      "backup", "--to", place.backup, environment: url(database, database.superuser))
    #expect(backup.status == .exited(0), "\(backup.errors)")
    let outcome = try await voronkad("restore", "--from", place.backup, "--data", place.data)
    #expect(outcome.status == .exited(0), "\(outcome.errors)")
    #expect(outcome.output.contains("voronkad operator-token --new --data"))
    let renewed = try await voronkad("operator-token", "--new", "--data", place.data)
    #expect(renewed.status == .exited(0), "\(renewed.errors)")
    let restored = try await RunningServer.start(in: try place.folder())
    _ = try await restored.operatorConnection().call("auth.whoami")
    #expect(await restored.stop() == .exited(0))
  }

  // MARK: - Ways

  /// A place for a backup and what becomes of it.
  private final class Place {
    let path: String
    var backup: String { path + "/backup" }
    var data: String { path + "/data" }

    init() throws {
      var template = Array("/tmp/voronka-backup-XXXXXX".utf8CString)
      guard mkdtemp(&template) != nil else { throw POSIXError(.EIO) }
      path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
      guard chmod(path, 0o711) == 0 else { throw POSIXError(.EIO) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func folder() throws -> ServerFolder { try ServerFolder(taking: data) }

    func modes(in folder: String) throws -> [Int] {
      try FileManager.default.contentsOfDirectory(atPath: folder).map { name in
        let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")
        return attributes[.posixPermissions] as? Int ?? 0
      }
    }
  }

  private func voronkad(
    _ arguments: String..., environment: [String: String] = [:]
  ) async throws -> Program {
    try await Program.run("voronkad", arguments, environment: environment)
  }

  private func restore(_ place: Place) async throws -> RunningServer {
    let outcome = try await voronkad("restore", "--from", place.backup, "--data", place.data)
    #expect(outcome.status == .exited(0), "\(outcome.errors)")
    return try await RunningServer.start(in: try place.folder())
  }

  private func currentTransaction(of server: RunningServer) async throws -> Int64 {
    let settings = try #require(server.folder.superuser)
    let connection = try await DedicatedConnection.connect(
      settings, engine: try TestDatabase.engine())
    let rows = try await connection.executeScript("select pg_current_xact_id()::text::bigint")
    await connection.close()
    return try rows[0][0].integer(0)
  }

  /// Holds a table that a backup must read, for the length of the work.
  private func withLockedTable(
    _ server: RunningServer, _ work: () async throws -> Void
  ) async throws {
    let settings = try #require(server.folder.superuser)
    let connection = try await DedicatedConnection.connect(
      settings, engine: try TestDatabase.engine())
    _ = try await connection.executeScript(
      "begin; lock table voronka.import in access exclusive mode")
    try await work()
    await connection.close()
  }

  private func variables(
    _ database: TestDatabase, _ settings: ConnectionSettings
  ) -> [String: String] {
    [
      "PGHOST": settings["host"] ?? "", "PGPORT": settings["port"] ?? "",
      "PGUSER": settings["user"] ?? "", "PGDATABASE": database.name,
    ]
  }

  private func url(
    _ database: TestDatabase, _ settings: ConnectionSettings
  ) -> [String: String] {
    let parts = ["host", "port", "user"].map { "\($0)=\(settings[$0] ?? "")" }
    return [
      "VORONKA_DATABASE_URL": "postgresql:///\(database.name)?" + parts.joined(separator: "&")
    ]
  }
}
