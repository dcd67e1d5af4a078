internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

/// The walk over all methods: what changes something stands in the audit.
@Suite("Audit of every method")
struct AuditEveryMethodTests {
  /// Verbs after which there was nothing before.
  private static let beginnings: Set<String> = [
    "create", "add", "begin", "rows", "undo", "change_password", "give", "erase",
  ]

  @Test("Every method that changes something leaves a row with who, what and how it was before")
  func everyMethod() async throws {
    let scene = try await IsolationScene.make()
    let writes = try await Self.writes(scene.company)
    #expect(writes.count > 50)
    var silent: [String] = []
    var number = 1
    for method in writes {
      var own = scene.own
      var rows: [Row] = []
      for item in IsolationCases.all[method] ?? [] {
        if item.usesUp {
          own = try await .make(in: scene.company, mark: "Alpha", number: number)
          number += 1
        }
        let before = try await Self.rows(of: method, scene.company)
        var asked = try await scene.control(method)
        var parameters = item.parameters(own, own)
        if method == "auth.change_password" {
          asked = try await scene.company.user("changing").client
          parameters = ["current": .string(TestCompany.password), "new": "another horse battery"]
        }
        let refusal = try await asked.refusal(method, parameters)
        let after = try await Self.rows(of: method, scene.company)
        if refusal != nil || parameters["dry_run"] == true {
          #expect(after.count == before.count, "\(method) did nothing")
        }
        rows += after.dropFirst(before.count)
        if method == "tenant.suspend" {
          try await asked.call("tenant.resume", ["tenant": .string(own.slug)])
          let slug = scene.company.slug
          try await scene.company.owner.call(
            "auth.login",
            [
              "tenant": .string(slug), "email": .string("owner@\(slug).example"),
              "password": .string(TestCompany.password),
            ])
        }
      }
      if rows.isEmpty { silent.append(method) }
      for row in rows { try Self.check(row, method) }
    }
    #expect(silent == [])
    #expect(try await scene.company.auditFindings() == [])
  }

  /// Methods that take a key, as all do that change something.
  private static func writes(_ company: TestCompany) async throws -> [String] {
    let document = try await company.installation.client().call("rpc.discover")
    let methods = (document["methods"]?.array ?? []).filter { method in
      (method["params"]?.array ?? []).contains { $0["name"] == "idempotency_key" }
    }
    return methods.compactMap { $0["name"]?.string }
  }

  /// Oldest first, the installation's own among them.
  private static func rows(of method: String, _ company: TestCompany) async throws -> [Row] {
    Array(
      try await company.query(
        Statement(
          """
          select tenant_id, actor, user_id, actor_id, address, request, noun, subject, before, after
          from audit
          where tenant_id in ($1::bigint, 0)
            and method = $2::text
          order by epoch, xid, writer, number
          """), .integer(company.id), .text(method)))
  }

  private static func check(_ row: Row, _ method: String) throws {
    let parts = method.split(separator: ".").map(String.init)
    if ["plan", "tenant"].contains(parts[0]) {
      #expect(try row.string(1) == "operator", "\(method)")
      #expect(try row.integerIfPresent(3) != nil, "\(method)")
    } else {
      #expect(try row.string(1) == "user", "\(method)")
      #expect(try row.integerIfPresent(2) != nil, "\(method)")
    }
    #expect(try row.stringIfPresent(4) == "127.0.0.1", "\(method)")
    #expect(try row.string(5).contains("."), "\(method)")
    #expect(try row.string(6) == parts[0], "\(method)")
    let ofMany: Set<String> = [
      "settings.update", "auth.change_password", "pipeline.reorder", "stage.reorder",
    ]
    #expect(row.isNull(7) == ofMany.contains(method), "\(method) has no subject")
    #expect(!row.isNull(9), "\(method) has no after")
    if !beginnings.contains(parts[1]) { #expect(!row.isNull(8), "\(method) has no before") }
  }
}
