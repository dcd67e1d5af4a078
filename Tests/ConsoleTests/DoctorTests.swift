import JSON
import Synchronization
import Testing

@testable import Console

/// What the doctor says of servers that do not keep their companies apart.
@Suite struct DoctorTests {
  /// How a server is wrong.
  enum Trouble: CaseIterable {
    case none, shows, tells, changes, answersOperator, faulty
  }

  /// A server with two methods to try, wrong in one way.
  private final class Clinic: Sendable {
    private struct State {
      var marks: [String] = []
      var deals: Int64 = 1
      var lastLogin = ""
    }

    private let state = Mutex(State())
    let trouble: Trouble

    init(_ trouble: Trouble) { self.trouble = trouble }

    func answer(_ method: String, _ params: JSON) throws -> JSON {
      switch method {
      case "system.check":
        let state = trouble == .faulty ? "fault" : "ok"
        return [
          "version": .string(Console.version),
          "checks": [["check": "fsync", "state": .string(state), "detail": "on"]],
        ]
      case "rpc.discover": return Self.document
      case "plan.list":
        return ["items": [["code": "start", "limits": ["users": 10]]], "next": .null]
      case "tenant.create":
        state.withLock { $0.marks.append(params["name"]?.string ?? "") }
        return [:]
      case "deal.get": return try get(params["id"]?.int64 ?? 0)
      case "deal.delete":
        guard params["dry_run"] == nil else { return [:] }
        if trouble == .changes { state.withLock { $0.deals += 1 } }
        throw FakeServer.Refusal(code: 1004, kind: "not_found", message: "no such deal")
      case let list where list.hasSuffix(".list"):
        return ["items": [["id": .integer(state.withLock { $0.deals })]], "next": .null]
      default: return ["id": 1, "token": "vus_1"]
      }
    }

    private func get(_ id: Int64) throws -> JSON {
      switch trouble {
      case .shows where id == 42: return ["title": .string(state.withLock { $0.marks[1] })]
      case .answersOperator: return ["title": "somebody's"]
      case .tells where id == 42:
        throw FakeServer.Refusal(code: 1004, kind: "not_found", message: "it is another's")
      default: throw FakeServer.Refusal(code: 1004, kind: "not_found", message: "no such deal")
      }
    }

    private static let document: JSON = [
      "methods": .array(
        ["deal.get", "deal.delete"].map { name in
          [
            "name": .string(name),
            "params": [
              ["name": "id", "required": true, "schema": ["type": "integer"]],
              ["name": "dry_run", "schema": ["type": "boolean"]],
            ],
          ]
        })
    ]
  }

  @Test(
    "Each kind of trouble is found and named, and the two companies are taken away",
    arguments: [
      (Trouble.none, ""), (.shows, "leaks"), (.tells, "leaks"), (.changes, "changes"),
      (.answersOperator, "operators_sight"), (.faulty, "fsync"),
    ])
  func trouble(_ trouble: Trouble, _ check: String) async throws {
    let clinic = Clinic(trouble)
    let server = FakeServer { try clinic.answer($0, $1) }
    let console = TestConsole()
    let status = await Console.run(
      DoctorCommand(plan: nil), in: console.context(server: server.address) { $0.output = .json })
    #expect(status == (trouble == .none ? .success : .serverError), "\(console.errors)")
    let items = try JSONReader().read(console.output)["items"]?.array ?? []
    let faults = items.filter { $0["state"] == "fault" }.compactMap { $0["check"]?.string }
    #expect(faults == (check.isEmpty ? [] : [check]))
    #expect(console.errors.contains(check))
    // Where a read shows too much, nothing is written.
    let deletions = server.calls.count { $0.method == "deal.delete" }
    #expect((deletions == 0) == [.shows, .tells].contains(trouble))
    #expect(server.methods.count { $0 == "tenant.delete" } == 2)
    #expect(!server.methods.contains("plan.create"))
  }
}
