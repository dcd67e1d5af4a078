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
    "plan", "record_incoming",
    // A call that nobody had planned.
    "missed_call", "call_back",
  ]

  @Test("Every method that changes something leaves a row with who, what and how it was before")
  func everyMethod() async throws {
    let scene = try await IsolationScene.make()
    let writes = try await Self.writes(scene.company)
    #expect(writes.count > 50)
    var number = 1
    for method in writes {
      for item in IsolationCases.all[method] ?? [] {
        var own = scene.own
        if item.usesUp {
          own = try await .make(in: scene.company, mark: "Alpha", number: number)
          number += 1
        }
        try await Self.call(method, item.parameters(own, own), scene)
      }
    }
    try await Self.callRest(scene)
    for method in writes {
      let rows = try await Self.rows(of: method, scene.company)
      #expect(!rows.isEmpty, "\(method) leaves no row")
      for row in rows { try Self.check(row, method) }
    }
    #expect(try await scene.company.auditFindings() == [])
    try await Self.checkEvents(writes, scene)
  }

  /// The same changes stand in the feed, where a company is concerned; and nothing that people wrote does.
  private static func checkEvents(_ writes: [String], _ scene: IsolationScene) async throws {
    let events = try await scene.company.query(
      Statement(
        """
        select distinct name, card_id is null, pipeline_id is null
        from event
        where tenant_id = $1::bigint
        """), .integer(scene.company.id))
    let names = Set(try events.map { try $0.string(0) })
    let ofNoCompany: Set<String> = ["plan.create", "plan.update", "plan.retire", "tenant.import"]
    let missing = writes.filter {
      !names.contains($0) && !ofNoCompany.contains($0) && !$0.hasPrefix("auth.")
    }
    #expect(missing == [])
    let ofCards: Set<String> = ["lead", "deal", "card", "note", "invoice", "activity"]
    for event in events {
      let (name, noun) = (try event.string(0), try event.string(0).prefix { $0 != "." })
      #expect(try event.bool(1) == !ofCards.contains(String(noun)), "\(name) and its card")
      let ofPipelines =
        ["pipeline", "stage"].contains(noun) && name != "pipeline.reorder"
        && name != "pipeline.freeze_order"
      #expect(try event.bool(2) == !(ofCards.contains(String(noun)) || ofPipelines), "\(name)")
    }
    let text = try await scene.company.query(
      Statement("select string_agg(e::text, ' ') from event e where e.tenant_id = $1::bigint"),
      .integer(scene.company.id))[0].string(0)
    for word in ["Alpha", "@", "+7", "Hello"] { #expect(!text.contains(word), "\(word)") }
  }

  /// One call, which leaves no row where it is refused or only tried out.
  private static func call(
    _ method: String, _ parameters: JSONObject, _ scene: IsolationScene
  ) async throws {
    let before = try await rows(of: method, scene.company).count
    let refusal = try await scene.control(method).refusal(method, parameters)
    if refusal != nil || parameters["dry_run"] == true {
      #expect(try await rows(of: method, scene.company).count == before, "\(method) did nothing")
    }
    guard method == "tenant.suspend" else { return }
    try await scene.company.operatorClient.call("tenant.resume", tenant(scene))
    try await logIn(scene)
  }

  private static func tenant(_ scene: IsolationScene) -> JSONObject {
    ["tenant": .string(scene.company.slug)]
  }

  /// Coming back ends the sessions there were.
  private static func logIn(_ scene: IsolationScene) async throws {
    let slug = scene.company.slug
    try await scene.company.owner.call(
      "auth.login",
      [
        "tenant": .string(slug), "email": .string("owner@\(slug).example"),
        "password": .string(TestCompany.password),
      ])
  }

  /// What the cases of isolation do not bring about.
  private static func callRest(_ scene: IsolationScene) async throws {
    let company = scene.company
    let things = try await CompanyThings.make(in: company, mark: "Alpha", number: 889)
    let user = try await company.user("changing")
    try await demand(
      user.client, "auth.change_password",
      ["current": .string(TestCompany.password), "new": "another horse battery"])
    try await demand(
      company.owner, "card.pause",
      ["id": .integer(things.deal), "until": "2026-07-01", "reason": "Holiday"])
    try await demand(company.owner, "card.resume", ["id": .integer(things.deal)])
    let id: JSONObject = ["id": .integer(user.id)]
    try await demand(company.owner, "user.deactivate", id)
    try await demand(company.owner, "user.reactivate", id)
    let membership: JSONObject = ["team": .integer(things.team), "user": .integer(things.user)]
    try await demand(company.owner, "team.add_member", membership)
    try await demand(company.owner, "team.remove_member", membership)
    try await demand(
      company.owner, "import.rows",
      [
        "import": .integer(things.importRecord), "kind": "company",
        "rows": [["external_id": "c1", "name": "Client"]],
      ])
    let pipeline: JSONObject = ["id": .integer(things.emptyPipeline)]
    try await demand(company.owner, "pipeline.archive", pipeline)
    try await demand(company.owner, "pipeline.restore", pipeline)
    let deals = try await company.owner.all("pipeline.list", ["kind": "deal"])
    try await demand(
      company.owner, "pipeline.reorder",
      ["pipelines": .array(deals.reversed().compactMap { $0["id"] })])
    let stages =
      try await company.owner.call(
        "pipeline.get", ["id": .integer(things.pipeline)])["stages"]?.array ?? []
    let ids = stages.compactMap { $0["id"] }
    try await demand(
      company.owner, "stage.reorder",
      [
        "pipeline": .integer(things.pipeline),
        "stages": .array([ids[1], ids[0]] + ids.dropFirst(2)), "with_cards": true,
      ])
    let fields = try await company.owner.all("field.list", ["for": "deal"])
    try await demand(
      company.owner, "field.reorder",
      ["for": "deal", "fields": .array(fields.reversed().compactMap { $0["id"] })])
    try await demand(company.operatorClient, "tenant.delete", tenant(scene))
    try await demand(company.operatorClient, "tenant.restore", tenant(scene))
    try await logIn(scene)
  }

  private static func demand(
    _ client: TestClient, _ method: String, _ parameters: JSONObject
  ) async throws {
    let refusal = try await client.refusal(method, parameters)
    #expect(refusal == nil, "\(method): \(refusal?.message ?? "") \(refusal?.data ?? [])")
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
            and erased_at is null
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
    // What takes leads and deals alike is told of whichever it was.
    let nouns = parts[0] == "card" ? ["lead", "deal"] : [parts[0]]
    #expect(try nouns.contains(row.string(6)), "\(method)")
    let ofMany: Set<String> = [
      "settings.update", "settings.apply_template", "auth.change_password", "pipeline.reorder",
      "stage.reorder", "field.reorder",
      "pipeline.freeze_order",
    ]
    #expect(row.isNull(7) == ofMany.contains(method), "\(method) has no subject")
    #expect(!row.isNull(9), "\(method) has no after")
    if !beginnings.contains(parts[1]) { #expect(!row.isNull(8), "\(method) has no before") }
  }
}
