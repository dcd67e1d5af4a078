internal import Foundation
internal import Glibc
internal import JSON
internal import Postgres
internal import TestSupport
internal import Testing
internal import VoronkaClient

/// `voronka doctor` on a live installation.
@Suite("The doctor on a live installation", .timeLimit(.minutes(5)))
struct DoctorTests {
  private func doctor(_ server: RunningServer) async throws -> (Program, [JSON]) {
    let program = try await Program.run(
      "voronka",
      [
        "doctor", "--server", server.address().description, "--token-file",
        server.folder.path + "/operator.token", "--output", "json",
      ], environment: ["HOME": server.folder.path])
    let items = try? JSONReader().read(program.output)["items"]?.array
    return (program, items ?? [])
  }

  @Test("A sound installation passes, nobody else is touched, and nothing of the doctor's stays")
  func sound() async throws {
    let server = try await RunningServer.start()
    let company = try await WireCompany.make("bystander", on: server)
    for number in 1...5 {
      _ = try await company.owner.call(
        "deal.create",
        ["pipeline": .integer(company.pipeline), "title": .string("Deal \(number)")])
    }
    let before = try await company.owner.call("deal.list")
    let (program, items) = try await doctor(server)
    let troubles = items.filter { $0["state"] == "fault" }
    #expect(troubles.isEmpty, "\(troubles)")
    #expect(program.status == .exited(0), "\(program.errors)")
    for check in ["leaks", "changes", "operators_sight", "row_security", "fsync", "disk_room"] {
      #expect(items.contains { $0["check"] == .string(check) }, "\(check)")
    }
    #expect(try await company.owner.call("deal.list") == before)
    let tenants = try await server.operatorConnection().call("tenant.list")["items"]?.array ?? []
    #expect(tenants.compactMap { $0["slug"]?.string } == ["bystander"])
    #expect(try await rows(server, besides: "bystander") == 0)
    #expect(await server.stop() == .exited(0))
  }

  /// How many rows there are, in all tables, of companies but the one, the installation's own aside.
  private func rows(_ server: RunningServer, besides slug: String) async throws -> Int64 {
    let settings = try #require(server.folder.superuser)
    let connection = try await DedicatedConnection.connect(
      settings, engine: try TestDatabase.engine())
    let results = try await connection.executeScript(
      """
      select string_agg(
        format(
          'select count(*) as n from voronka.%I where tenant_id not in (0, '
            '(select id from voronka.tenant where slug = %L))',
          relname, '\(slug)'), ' union all ')
      from pg_class
      join pg_attribute on attrelid = pg_class.oid and attname = 'tenant_id'
      where relnamespace = 'voronka'::regnamespace
        and relkind = 'r'
      """)
    let count = try await connection.executeScript(
      "select sum(n)::bigint from (\(try results[0][0].string(0))) s")
    await connection.close()
    return try count[0][0].integer(0)
  }

  @Test("A doctor that is killed half-way leaves companies that the next one takes away")
  func killed() async throws {
    let server = try await RunningServer.start()
    _ = try await WireCompany.make("bystander", on: server)
    let operatorConnection = try await server.operatorConnection()
    let program = try await SpawnedProgram.start(
      RunningServer.program("voronka").path,
      [
        "doctor", "--server", server.address().description, "--token-file",
        server.folder.path + "/operator.token",
      ], environment: ["HOME": server.folder.path])
    var slugs: [String] = []
    while slugs.count < 3 {
      let tenants = try await operatorConnection.call("tenant.list")["items"]?.array ?? []
      slugs = tenants.compactMap { $0["slug"]?.string }
      try await Task.sleep(for: .milliseconds(2))
    }
    kill(program.identifier, SIGKILL)
    #expect(await program.ending == .signalled(SIGKILL))
    // Eleven minutes go by.
    let settings = try #require(server.folder.superuser)
    let connection = try await DedicatedConnection.connect(
      settings, engine: try TestDatabase.engine())
    _ = try await connection.executeScript(
      "update voronka.tenant set created_at = created_at - interval '11 minutes'")
    await connection.close()
    let (next, items) = try await doctor(server)
    #expect(next.status == .exited(0), "\(next.errors)")
    let cleanup = items.first { $0["check"] == "cleanup" }
    #expect(cleanup?["state"] == "ok", "\(cleanup ?? .null)")
    let tenants = try await operatorConnection.call("tenant.list")["items"]?.array ?? []
    #expect(tenants.compactMap { $0["slug"]?.string } == ["bystander"])
    #expect(try await rows(server, besides: "bystander") == 0)
    #expect(await server.stop() == .exited(0))
  }

  @Test("An installation with a hole in its walls does not")
  func hole() async throws {
    let server = try await RunningServer.start()
    let settings = try #require(server.folder.superuser)
    let connection = try await DedicatedConnection.connect(
      settings, engine: try TestDatabase.engine())
    _ = try await connection.executeScript(
      "alter table voronka.note no force row level security")
    await connection.close()
    let (program, items) = try await doctor(server)
    #expect(program.status == .exited(1))
    let faults = items.filter { $0["state"] == "fault" }.compactMap { $0["check"]?.string }
    #expect(faults == ["row_security"])
    #expect(await server.stop() == .exited(0))
  }
}
