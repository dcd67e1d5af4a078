internal import Foundation
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
    #expect(!tenants.contains { $0["slug"] != "bystander" && $0["state"] == "active" })
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
