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
      var tenants: [(slug: String, madeAt: String)] = []
      var retired: [String] = []
      var deals: Int64 = 1
      var lastLogin = ""
    }

    private let state = Mutex(State())
    let trouble: Trouble

    init(_ trouble: Trouble, tenants: [(slug: String, madeAt: String)] = []) {
      self.trouble = trouble
      state.withLock { $0.tenants = tenants }
    }

    var tenants: [String] { state.withLock { $0.tenants.map(\.slug) } }

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
        let slug = params["slug"]?.string ?? ""
        state.withLock {
          $0.marks.append(params["name"]?.string ?? "")
          $0.tenants.append((slug, "2026-06-01T12:00:00Z"))
        }
        return ["tenant": ["slug": .string(slug), "created_at": "2026-06-01T12:00:00Z"]]
      case "tenant.delete":
        guard params["grace_days"] == 0, let slug = params["tenant"]?.string else { return [:] }
        state.withLock { $0.tenants.removeAll { $0.slug == slug } }
        return [:]
      case "tenant.get":
        guard tenants.contains(params["tenant"]?.string ?? "") else {
          throw FakeServer.Refusal(code: 1004, kind: "not_found", message: "no such company")
        }
        return [:]
      case "tenant.list":
        let items = state.withLock { state in
          state.tenants.map { tenant -> JSON in
            [
              "slug": .string(tenant.slug), "created_at": .string(tenant.madeAt),
              "name": tenant.slug.hasPrefix("doctor-0") ? "Somebody" : "Canary1",
              "plan": .string(String(tenant.slug.dropLast(2))),
            ]
          }
        }
        return ["items": .array(items), "next": .null]
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
    #expect(clinic.tenants == [])
  }

  @Test(
    "What a doctor left who was cut off goes with the next one; who may be at work is left alone")
  func leftOvers() async throws {
    let clinic = Clinic(
      .none,
      tenants: [
        ("doctor-1234abcd-a", "2026-06-01T11:40:00Z"),
        ("doctor-1234abcd-b", "2026-05-01T11:40:00Z"),
        ("doctor-9999abcd-a", "2026-06-01T11:55:00Z"),
        ("doctor-0234abcd-a", "2026-05-01T00:00:00Z"),
        ("doctor-strange", "2026-05-01T00:00:00Z"), ("mebel", "2026-05-01T00:00:00Z"),
      ])
    let server = FakeServer { try clinic.answer($0, $1) }
    let console = TestConsole()
    let status = await Console.run(
      DoctorCommand(plan: nil), in: console.context(server: server.address) { $0.output = .json })
    #expect(status == .success)
    #expect(
      clinic.tenants == ["doctor-9999abcd-a", "doctor-0234abcd-a", "doctor-strange", "mebel"])
    let items = try JSONReader().read(console.output)["items"]?.array ?? []
    let cleanup = items.first { $0["check"] == "cleanup" }
    #expect(cleanup?["state"] == "warning")
    #expect(cleanup?["detail"]?.string?.contains("doctor-9999abcd-a") == true)
    #expect(server.methods.contains("plan.retire"))
  }
}
