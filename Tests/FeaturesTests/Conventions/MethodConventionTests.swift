internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

@testable internal import Features

/// What the protocol promises of every method, whoever adds one.
@Suite("What all methods have in common")
struct MethodConventionTests {
  @Test("Every change of a card, pipeline, stage or grant takes if_version")
  func versions() {
    let nouns: Set = ["card", "lead", "deal", "pipeline", "stage", "grant"]
    let changing = Features.methods.filter { method in
      let parts = method.description.name.split(separator: ".").map(String.init)
      let isNew = parts[1] == "create" && parts[0] != "stage"
      return nouns.contains(parts[0]) && method.body.isWrite && !isNew
    }
    #expect(changing.count > 25)
    for method in changing {
      #expect(
        method.description.parameters.contains { $0.name == "if_version" },
        "\(method.description.name)")
    }
  }

  @Test("An update that says nothing answers what is there, moves no version and writes nothing")
  func emptyUpdates() async throws {
    let company = try await TestInstallation.make().company()
    let things = try await CompanyThings.make(in: company, mark: "Alpha")
    let ids: [String: JSONObject] = [
      "plan.update": ["code": .string(things.plan)],
      "tenant.update": ["tenant": .string(things.slug)],
      "user.update": ["id": .integer(things.user)], "team.update": ["id": .integer(things.team)],
      "settings.update": [:], "lead.update": ["id": .integer(things.lead)],
      "deal.update": ["id": .integer(things.deal)],
      "pipeline.update": ["id": .integer(things.pipeline)],
      "stage.update": ["id": .integer(things.stage)],
      "field.update": ["id": .integer(things.field)],
      "reason.update": ["id": .integer(things.lossReason)],
      "activity_type.update": ["id": .integer(things.activityType)],
      "contact_status.update": ["id": .integer(things.contactStatus)],
      "contact.update": ["id": .integer(things.contact)],
      "company.update": ["id": .integer(things.company)],
      "activity.update": ["id": .integer(things.activity)],
      "product.update": ["id": .integer(things.product)],
      "invoice.update": ["id": .integer(things.invoice)],
    ]
    let updates = Features.methods.map(\.description.name).filter { $0.hasSuffix(".update") }
    #expect(Set(ids.keys) == Set(updates))
    let version = {
      try await company.write(CompanyRows.version(.integer(company.id)))[0].integer(0)
    }
    let before = try await version()
    for (method, parameters) in ids {
      let asked =
        ["plan.update", "tenant.update"].contains(method) ? company.operatorClient : company.owner
      let answer = try await asked.call(method, parameters)
      #expect(answer["version"] != nil, "\(method)")
      #expect(try await asked.call(method, parameters) == answer, "\(method)")
    }
    #expect(try await version() == before)
    let history = try await company.owner.call("deal.history", ["id": .integer(things.deal)])
    #expect(history.texts("change") == ["created", "invoiced"])
    // A retired plan is retired, a suspended company suspended.
    let plan: JSONObject = ["code": .string(things.plan)]
    let retired = try await company.operatorClient.call("plan.retire", plan)
    #expect(try await company.operatorClient.call("plan.retire", plan) == retired)
    let slug: JSONObject = ["tenant": .string(things.slug)]
    let suspended = try await company.operatorClient.call("tenant.suspend", slug)
    #expect(try await company.operatorClient.call("tenant.suspend", slug) == suspended)
    let role: JSONObject = ["id": .integer(things.user), "role": "member"]
    try await company.operatorClient.call("tenant.resume", slug)
    let owner = try await company.installation.login(company.slug, things.email)
    let member = try await owner.call("user.set_role", role)
    #expect(try await owner.call("user.set_role", role)["version"] == member["version"])
  }

  @Test("Every dry run says in its reply that it is one, and does nothing")
  func dryRuns() async throws {
    let company = try await TestInstallation.make().company()
    let things = try await CompanyThings.make(in: company, mark: "Alpha")
    let undone = try await ImportedCompany.begin(company)
    try await company.owner.call("import.finish", ["id": .integer(undone.id)])
    let calls: [String: JSONObject] = [
      "field.delete": ["id": .integer(things.field), "delete_values": true],
      "field.update": ["id": .integer(things.field), "name": "Other"],
      "pipeline.delete": ["id": .integer(things.emptyPipeline)],
      "stage.delete": ["id": .integer(things.emptyStage)],
      "stage.reorder": [
        "pipeline": .integer(things.emptyPipeline),
        "stages": .array(
          (try await company.owner.call(
            "pipeline.get", ["id": .integer(things.emptyPipeline)])["stages"]?.array ?? [])
            .compactMap { $0["id"] }),
      ],
      "contact.delete": ["id": .integer(things.idleContact)],
      "contact.erase": ["id": .integer(things.idleContact)],
      "company.delete": ["id": .integer(things.idleCompany)],
      "contact.merge": ["id": .integer(things.contact), "from": [.integer(things.idleContact)]],
      "company.merge": ["id": .integer(things.company), "from": [.integer(things.idleCompany)]],
      "deal.delete": ["id": .integer(things.deal)], "grant.revoke": ["id": .integer(things.grant)],
      "user.deactivate": ["id": .integer(things.user)],
      "reason.delete": ["id": .integer(things.winReason)],
      "activity_type.delete": ["id": .integer(things.activityType)],
      "contact_status.delete": ["id": .integer(things.contactStatus)],
      "team.delete": ["id": .integer(things.childTeam)],
      "import.begin": ["source": "other", "kinds": ["company"]],
      "import.undo": ["id": .integer(undone.id)],
      "pipeline.freeze_order": ["pipelines": []],
      "settings.apply_template": ["template": "first_line_and_seniors"],
      "plan.update": ["code": .string(things.plan), "name": "Other"],
      "tenant.delete": ["tenant": .string(things.slug)],
      "tenant.set_plan": ["tenant": .string(things.slug), "plan": .string(things.plan)],
    ]
    let methods = Features.methods.filter { $0.traits.contains(.dryRun) }
    #expect(Set(calls.keys) == Set(methods.map(\.description.name)))
    for method in methods {
      let name = method.description.name
      let asked =
        ["plan", "tenant"].contains(name.prefix { $0 != "." })
        ? company.operatorClient : company.owner
      var parameters = calls[name] ?? [:]
      parameters["dry_run"] = true
      // What was done the first time would not be there the second.
      for _ in 0..<2 {
        #expect(try await asked.call(name, parameters)["dry_run"] == true, "\(name)")
      }
      let result = method.description.result.json
      let shapes = result["oneOf"]?.array ?? [.object(result)]
      #expect(
        shapes.contains { $0["properties"]?["dry_run"] == ["type": "boolean"] }, "\(name)")
    }
  }

  @Test("The order of pipelines takes if_version, which only admins are told")
  func orderOfPipelines() async throws {
    let company = try await TestInstallation.make().company()
    let first = try await company.pipeline("Услуги", stages: [["name": "A"]])
    let second = try await company.pipeline("Мебель", stages: [["name": "A"]])
    let boris = try await company.member("boris", .init(pipeline: first.id, actions: ["view"]))
    #expect(try await boris.client.call("pipeline.list")["version"] == nil)
    let known = try #require(try await company.owner.call("pipeline.list")["version"])
    let order: JSON = [.integer(second.id), .integer(first.id)]
    try await company.owner.call("pipeline.archive", ["id": .integer(second.id)])
    try await company.owner.call("pipeline.restore", ["id": .integer(second.id)])
    let refusal = try await company.owner.refusal(
      "pipeline.reorder", ["pipelines": order, "if_version": known])
    #expect(refusal?.kind == "conflict")
    let present = try #require(try await company.owner.call("pipeline.list")["version"])
    #expect(refusal?["version"] == present)
    let ordered = try await company.owner.call(
      "pipeline.reorder", ["pipelines": order, "if_version": present])
    #expect(ordered.ids.suffix(2) == [second.id, first.id])
    #expect(try await company.owner.call("pipeline.list")["version"] == ordered["version"])
    let again = try await company.owner.call(
      "pipeline.reorder", ["pipelines": order, "if_version": ordered["version"] ?? .null])
    #expect(again["version"] == ordered["version"])
  }
}
