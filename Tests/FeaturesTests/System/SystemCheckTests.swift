internal import Features
internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

/// What the server says of its own safety.
@Suite("system.check")
struct SystemCheckTests {
  private func states(_ installation: TestInstallation) async throws -> [String: String] {
    let answer = try await installation.operatorClient().call("system.check")
    var states: [String: String] = [:]
    for item in answer["checks"]?.array ?? [] {
      states[item["check"]?.string ?? ""] = item["state"]?.string
    }
    return states
  }

  @Test("A database that flushes nothing is at fault for that alone, and only the operator asks")
  func wellOtherwise() async throws {
    let installation = try await TestInstallation.make()
    let states = try await states(installation)
    // The cluster of the tests may lose its data with the machine, and says so.
    #expect(
      states.filter { $0.value != "ok" } == [
        "fsync": "fault", "full_page_writes": "fault", "autovacuum": "warning",
      ])
    for check in ["role", "row_security", "policies", "privileges", "clock", "postgres_version"] {
      #expect(states[check] == "ok")
    }
    #expect(states["disk_room"] == nil)
    let company = try await installation.company()
    #expect(try await company.owner.refusal("system.check")?.kind == "forbidden")
    #expect(try await installation.client().refusal("system.check")?.kind == "unauthenticated")
  }

  @Test(
    "A hole in the walls between companies is a fault",
    arguments: [
      ("alter table voronka.note no force row level security", "row_security"),
      ("alter table voronka.note disable row level security", "row_security"),
      ("create table voronka.bare (tenant_id bigint)", "row_security"),
      ("grant truncate on voronka.note to voronka_app", "privileges"),
      ("alter table voronka.note owner to voronka_app", "role"),
      (
        """
        create policy hole on voronka.note for all using (true)
        """, "policies"
      ),
    ])
  func hole(_ sql: String, _ check: String) async throws {
    let installation = try await TestInstallation.make()
    try await installation.database.connected(as: installation.database.superuser) {
      _ = try await $0.executeScript(sql)
    }
    #expect(try await states(installation)[check] == "fault")
  }

  @Test(
    "A disk that fills is told in time",
    arguments: [
      (DiskRoom(free: 100 << 30, total: 200 << 30), "ok"),
      (DiskRoom(free: 5 << 30, total: 200 << 30), "warning"),
      (DiskRoom(free: 900 << 20, total: 2 << 30), "warning"),
      (DiskRoom(free: 100 << 20, total: 2 << 30), "fault"),
    ])
  func disk(_ room: DiskRoom, _ state: String) async throws {
    var configuration = FeaturesConfiguration(serverVersion: "test", passwordCost: .least)
    configuration.diskRoom = { room }
    let installation = try await TestInstallation.make(configuration: configuration)
    #expect(try await states(installation)["disk_room"] == state)
  }
}
