internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("Making pipelines")
struct PipelineCreationTests {
  @Test(
    "Every template is offered and can be made, in Russian and in English",
    arguments: ["ru", "en"])
  func templates(language: JSON) async throws {
    let company = try await TestInstallation.make().company()
    let templates = try await company.owner.call(
      "pipeline.templates", ["language": language, "limit": 500]
    ).items
    #expect(templates.count == 14)
    #expect(templates.contains { $0["kind"] == "lead" })
    for template in templates where template["kind"] == "deal" {
      let code = try #require(template["code"])
      let made = try await company.owner.call(
        "pipeline.create", ["kind": "deal", "template": code, "language": language])
      #expect(made["name"] == template["name"])
      let names = { (stages: JSON?) in stages?.array?.map { $0["name"] } }
      #expect(names(made["stages"]) == names(template["stages"]))
      #expect(made["no_back"] == template["no_back"])
    }
    let listed = try await company.owner.call("pipeline.list")
    #expect(listed.items.count == 13)
    // Each template's reasons and fields are there, and once.
    let reasons = try await company.owner.call("reason.list").texts("name")
    #expect(reasons.count == 16)
    let fields = try await company.owner.call("field.list").texts("key")
    let proposed = templates.filter { $0["kind"] == "deal" }.flatMap { $0["fields"]?.array ?? [] }
    #expect(Set(fields) == Set(proposed.compactMap { $0["key"]?.string }))
    #expect(fields.count == Set(fields).count)
  }

  @Test("Won and lost stages are added where one's own list has none")
  func ownStages() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.owner.call(
      "pipeline.create",
      [
        "kind": "deal", "name": "Услуги",
        "stages": [
          ["name": "Новая"],
          [
            "name": "Договор подписан", "style": "conversion", "key": true, "dwell_limit": "P14D",
            "required": ["amount", "phone|email"], "hint": "Выставьте счёт.",
          ],
        ],
      ])
    let stages = try #require(pipeline["stages"]?.array)
    #expect(stages.map { $0["kind"] } == ["open", "open", "won", "lost"])
    #expect(stages.map { $0["position"] } == [1, 2, 3, 4])
    #expect(stages[1]["style"] == "conversion")
    #expect(stages[1]["key"] == true)
    #expect(stages[1]["dwell_limit"] == "P14D")
    #expect(stages[1]["required"] == ["amount", "phone|email"])
    #expect(pipeline["frozen"] == false)
    #expect(pipeline["version"] == 1)
    #expect(pipeline["actions"]?.array?.count == 9)
    #expect(try await company.owner.call("pipeline.get", ["id": .integer(pipeline.id)]) == pipeline)
  }

  @Test(
    "A design that can't work is refused with the place of the fault",
    arguments: [
      (["kind": "lead", "name": "A", "stages": [["name": "A"]]], "kind"),
      (["kind": "deal", "name": "A"], "stages"),
      (["kind": "deal", "name": "A", "template": "sales", "stages": [["name": "A"]]], "stages"),
      (["kind": "deal", "name": "A", "template": "none_such"], "template"),
      (["kind": "deal", "name": "A", "template": "first_line"], "template"),
      (["kind": "deal", "stages": [["name": "A"]]], "name"),
      (["kind": "deal", "name": "A", "stages": [["name": "A", "kind": "won"]]], "stages"),
      (["kind": "deal", "name": "A", "stages": [["name": "A"], ["name": "A"]]], "stages[1].name"),
      (["kind": "deal", "name": "A", "stages": [["name": "Выиграна"]]], "stages[0].name"),
      (
        [
          "kind": "deal", "name": "A",
          "stages": [
            ["name": "A"], ["name": "B", "kind": "won"], ["name": "C", "kind": "won"],
          ],
        ], "stages[2].kind"
      ),
      (
        ["kind": "deal", "name": "A", "stages": [["name": "A", "required": ["colour"]]]],
        "stages[0].required"
      ),
      (
        [
          "kind": "deal", "name": "A",
          "stages": [["name": "A"], ["name": "B", "kind": "lost", "dwell_limit": "P1D"]],
        ], "stages[1].dwell_limit"
      ),
    ] as [(JSONObject, String)])
  func refusedDesign(parameters: JSONObject, path: String) async throws {
    let company = try await TestInstallation.make().company()
    let refusal = try await company.owner.refusal("pipeline.create", parameters)
    #expect(refusal?.kind == "invalid")
    #expect(refusal?["fields"]?[0]?["path"]?.string == path)
    #expect(try await company.owner.call("pipeline.list").items.count == 1)
  }

  @Test("Of eight who make pipelines at once two succeed where the plan allows two")
  func planLimit() async throws {
    let installation = try await TestInstallation.make()
    let company = try await installation.company("mebel", limits: ["deal_pipelines": 2])
    for (code, limit, price) in [("large", 5, "20.00"), ("small", 3, "10.00"), ("two", 2, "1.00")] {
      try await company.operatorClient.call(
        "plan.create",
        [
          "code": .string(code), "name": "Plan", "limits": ["deal_pipelines": .integer(limit)],
          "price": ["amount": .string(price), "currency": "RUB"],
        ])
    }
    let refusals = try await withThrowingTaskGroup(of: RPCError?.self) { group in
      for number in 1...8 {
        group.addTask {
          let client = try await installation.login("mebel", "owner@mebel.example")
          return try await client.refusal(
            "pipeline.create",
            ["kind": "deal", "name": .string("Воронка \(number)"), "template": "sales"])
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }.compactMap(\.self)
    }
    #expect(refusals.count == 6)
    for refusal in refusals {
      #expect(refusal.kind == "plan_limit")
      #expect(refusal["limit"] == "deal_pipelines")
      #expect(refusal["max"] == 2)
      #expect(refusal["used"] == 2)
      #expect(refusal["plan"] == "mebel")
      #expect(refusal["lifted_by"] == "small")
    }
    let listed = try await company.owner.call("pipeline.list", ["kind": "deal"])
    #expect(listed.items.count == 2)
    #expect(listed.items.allSatisfy { $0["frozen"] == false })
  }

  @Test("More stages than the plan allows are refused, for pipelines and for one more stage")
  func stageLimit() async throws {
    let company = try await TestInstallation.make().company(limits: ["stages_per_pipeline": 4])
    let refusal = try await company.owner.refusal(
      "pipeline.create", ["kind": "deal", "name": "A", "template": "sales"])
    #expect(refusal?.kind == "plan_limit")
    #expect(refusal?["limit"] == "stages_per_pipeline")
    let pipeline = try await company.pipeline("A", stages: [["name": "One"]])
    let stage: JSONObject = ["pipeline": .integer(pipeline.id), "name": "Two"]
    try await company.owner.call("stage.create", stage)
    var another = stage
    another["name"] = "Three"
    let second = try await company.owner.refusal("stage.create", another)
    #expect(second?["limit"] == "stages_per_pipeline")
    #expect(second?["used"] == 4)
  }

  @Test("A template's fields come as far as the plan has room; the rest is named")
  func proposedFields() async throws {
    let company = try await TestInstallation.make().company(limits: ["custom_fields": 1])
    let made = try await company.owner.call(
      "pipeline.create", ["kind": "deal", "name": "Доставка", "template": "delivery"])
    #expect(made["added"]?["fields"]?.array?.map { $0["key"] } == ["shipping"])
    #expect(made["added"]?["fields_left_out"] == ["service_score"])
    #expect(try await company.owner.call("field.list").texts("key") == ["shipping"])
    // Nobody is asked for what can't be filled in.
    let required = made["stages"]?.array?.map { $0["required"] ?? .null }
    #expect(required == [[], ["contact|company", "shipping"], [], [], []])
  }

  @Test("A template's fields are its pipeline's alone, and a second pipeline shares them")
  func fieldsOfThePipeline() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let other = try await company.pipeline("Услуги")
    let first = try await owner.call(
      "pipeline.create", ["kind": "deal", "name": "Перспектива", "template": "prospects"])
    #expect(first["stages"]?[0]?["required"] == ["return_on"])
    #expect(first["added"]?["fields"]?[0]?["pipelines"] == [.integer(first.id)])
    let contact: JSON = ["name": "Пётр", "phone": "+7 916 123-45-67"]
    func create(_ pipeline: JSON, _ fields: JSON) async throws -> RPCError? {
      try await owner.refusal(
        "deal.create",
        [
          "title": "Кухня", "pipeline": .integer(pipeline.id), "contact": contact,
          "fields": fields,
        ])
    }
    let date: JSON = ["return_on": "2026-08-10"]
    #expect(try await create(first, [:])?["missing"] == ["return_on"])
    #expect(try await create(first, date) == nil)
    #expect(try await create(other, date)?.kind == "invalid")
    let second = try await owner.call(
      "pipeline.create", ["kind": "deal", "name": "Потом", "template": "prospects"])
    #expect(second["added"]?["fields"] == [])
    #expect(second["added"]?["fields_extended"] == ["return_on"])
    #expect(second["stages"]?[0]?["required"] == ["return_on"])
    let field = try #require(try await owner.call("field.list").items.first)
    #expect(field["pipelines"] == [.integer(first.id), .integer(second.id)])
    #expect(try await create(second, date) == nil)
    #expect(try await create(other, date)?.kind == "invalid")
    // Without its proposals it asks for nothing that is not there.
    let bare = try await owner.call(
      "pipeline.create",
      ["kind": "deal", "name": "Без полей", "template": "prospects", "proposals": false])
    #expect(bare["stages"]?[0]?["required"] == [])
    #expect(try await create(bare, [:]) == nil)
  }

  @Test(
    "A company that has one template's pipeline alone can say why deals end and how talks ended",
    arguments: [
      "universal", "sales", "qualification", "telemarketing", "production", "delivery",
      "complaints", "nurturing", "regular_customers", "refusals", "prospects", "on_hold",
    ])
  func reasonsWithEach(code: JSON) async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let made = try await owner.call("pipeline.create", ["kind": "deal", "template": code])
    for kind in ["loss", "win", "invalid"] {
      #expect(try await !owner.call("reason.list", ["kind": .string(kind)]).items.isEmpty)
    }
    #expect(try await owner.call("contact_status.list").items.count == 8)
    let answer = try await owner.call("pipeline.lint", ["id": .integer(made.id)])
    let demands = answer["findings"]?.array?.first { $0["code"] == "no_required_fields" }
    // S0's own funnel demands nothing; of the others some stages do.
    #expect((demands?["severity"] == "warning") == (code == "universal"))
  }

  @Test("Without its proposals a template brings its pipeline alone")
  func withoutProposals() async throws {
    let company = try await TestInstallation.make().company()
    try await company.owner.call(
      "pipeline.create",
      ["kind": "deal", "name": "A", "template": "universal", "proposals": false])
    #expect(try await company.owner.call("reason.list").items.isEmpty)
    #expect(try await company.owner.call("field.list").items.isEmpty)
  }

  @Test("A name in use is a conflict, whatever its case")
  func takenName() async throws {
    let company = try await TestInstallation.make().company()
    _ = try await company.pipeline("Услуги")
    let refusal = try await company.owner.refusal(
      "pipeline.create", ["kind": "deal", "name": "УСЛУГИ", "template": "sales"])
    #expect(refusal?.kind == "conflict")
  }

  @Test("The same key makes one pipeline and gives its answer again")
  func idempotency() async throws {
    let company = try await TestInstallation.make().company()
    let parameters: JSONObject = [
      "kind": "deal", "name": "Услуги", "template": "sales", "idempotency_key": "k1",
    ]
    let first = try await company.owner.call("pipeline.create", parameters)
    let second = try await company.owner.call("pipeline.create", parameters)
    #expect(first == second)
    #expect(try await company.owner.call("pipeline.list").items.count == 2)
    var other = parameters
    other["name"] = "Другие"
    #expect(try await company.owner.refusal("pipeline.create", other)?.kind == "conflict")
  }

  @Test("Only owners and admins make pipelines, also where a member may configure others")
  func membersDoNot() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги")
    let member = try await company.member(
      "boris", .init(pipeline: pipeline.id, actions: ["view", "configure"]))
    for method in ["pipeline.archive", "pipeline.restore", "pipeline.delete"] {
      let refusal = try await member.client.refusal(method, ["id": .integer(pipeline.id)])
      #expect(refusal?.kind == "forbidden")
      #expect(refusal?["needs"] == "admin")
    }
    let refusal = try await member.client.refusal(
      "pipeline.create", ["kind": "deal", "name": "A", "template": "sales"])
    #expect(refusal?.kind == "forbidden")
    let reorder = try await member.client.refusal(
      "pipeline.reorder", ["pipelines": [.integer(pipeline.id)]])
    #expect(reorder?.kind == "forbidden")
  }
}
