import JSON
import Testing

@testable import Console

/// The company's own lists are worked on by one rule.
@Suite struct OwnListTests {
  static let deletions: [any ConsoleCommand] = [
    ReasonCommand(.delete("дорого", kind: "loss")), ActivityTypeCommand(.delete("дорого")),
    ContactStatusCommand(.delete("дорого")),
  ]

  @Test(arguments: deletions.indices)
  func `What is deleted is named by its name, put away or not, and asked about`(
    index: Int
  ) async throws {
    let server = FakeServer { method, params in
      method.hasSuffix(".list")
        ? ["items": [["id": 3, "name": "Дорого", "active": false]], "next": .null]
        : ["id": params["id"] ?? .null]
    }
    let console = TestConsole()
    let context = console.context(server: server.address)
    #expect(await Console.run(Self.deletions[index], in: context) == .usage)
    #expect(console.errors.contains("repeat the command with --yes"), "\(console.errors)")
    #expect(server.calls.first?.params["inactive"] == true)
    #expect(server.calls.first?.params["kind"] == (index == 0 ? "loss" : nil))
    let sure = console.context(server: server.address) { $0.assumesYes = true }
    #expect(await Console.run(Self.deletions[index], in: sure) == .success)
    #expect(server.calls.last?.params == ["id": 3])
    #expect(server.calls.last?.method.hasSuffix(".delete") == true)
  }
}
