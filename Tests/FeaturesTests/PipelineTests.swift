internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

@Suite("Pipelines")
struct PipelineTests {
  @Test("A member sees the pipelines on which any right is held, each with those rights")
  func sight() async throws {
    let company = try await TestInstallation.make().company()
    let seen = try await company.pipeline("Услуги")
    let entered = try await company.pipeline("Товары")
    let hidden = try await company.pipeline("Аренда")
    let member = try await company.member(
      "boris", .init(pipeline: seen.id, actions: ["view", "move"], cards: "own"),
      .init(pipeline: entered.id, actions: ["create"]))
    let items = try await member.client.call("pipeline.list").items
    #expect(items.map(\.id) == [seen.id, entered.id])
    #expect(items[0]["actions"] == ["view", "move"])
    #expect(items[0]["stages"] == seen["stages"])
    #expect(
      items[1]
        == ["id": .integer(entered.id), "kind": "deal", "name": "Товары", "actions": ["create"]])
    #expect(try await member.client.call("pipeline.get", ["id": .integer(seen.id)]) == items[0])
    let refusal = try await member.client.refusal("pipeline.get", ["id": .integer(hidden.id)])
    #expect(refusal?.kind == "not_found")
    #expect(
      refusal == (try await member.client.refusal("pipeline.get", ["id": 999])))
  }

  @Test("Without any right there is no pipeline, stage, reason, field or product")
  func nothing() async throws {
    let company = try await TestInstallation.make().company()
    _ = try await company.pipeline("Услуги")
    try await company.owner.call("product.create", ["name": "Стол"])
    try await company.owner.call(
      "field.create", ["for": "deal", "key": "size", "name": "Размер", "type": "text"])
    let member = try await company.member("boris")
    for method in [
      "pipeline.list", "reason.list", "contact_status.list", "field.list", "product.list",
    ] {
      #expect(try await member.client.call(method).items.isEmpty, "\(method)")
      #expect(try await !company.owner.call(method).items.isEmpty, "\(method)")
    }
  }

  @Test("Lists come in pages that neither repeat nor leave out")
  func pages() async throws {
    let company = try await TestInstallation.make().company()
    for name in ["A", "B", "C"] { _ = try await company.pipeline(name) }
    var parameters: JSONObject = ["limit": 1]
    var names: [String] = []
    while names.count < 10 {
      let page = try await company.owner.call("pipeline.list", parameters)
      names += page.texts("name")
      guard let next = page["next"], !next.isNull else { break }
      parameters["after"] = next
    }
    #expect(names == ["Заявки", "A", "B", "C"])
    let refusal = try await company.owner.refusal("pipeline.list", ["after": "nonsense"])
    #expect(refusal?.kind == "invalid_params")
  }

  @Test(
    "Who may configure changes name and rules; who may only view is refused; others find nothing")
  func update() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"]])
    let change: JSONObject = ["id": .integer(pipeline.id), "name": "Сервис", "no_back": "enforce"]
    let viewer = try await company.member("v", .init(pipeline: pipeline.id, actions: ["view"]))
    let refusal = try await viewer.client.refusal("pipeline.update", change)
    #expect(refusal?.kind == "forbidden")
    #expect(refusal?["needs"] == "configure")
    let stranger = try await company.member("s")
    #expect(try await stranger.client.refusal("pipeline.update", change)?.kind == "not_found")
    let designer = try await company.member(
      "d", .init(pipeline: pipeline.id, actions: ["view", "configure"]))
    let after = try await designer.client.call("pipeline.update", change)
    #expect(after["name"] == "Сервис")
    #expect(after["no_back"] == "enforce")
    #expect(after["no_skip"] == "off")
    #expect(after["version"] == 2)
    #expect(
      try await viewer.client.call("pipeline.get", ["id": .integer(pipeline.id)])["name"]
        == "Сервис")
  }

  @Test("A change on the base of an old version does nothing and tells the present one")
  func version() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги")
    let id = JSON.integer(pipeline.id)
    try await company.owner.call("pipeline.update", ["id": id, "name": "A", "if_version": 1])
    let refusal = try await company.owner.refusal(
      "pipeline.update", ["id": id, "name": "B", "if_version": 1])
    #expect(refusal?.kind == "conflict")
    #expect(refusal?["version"] == 2)
    #expect(try await company.owner.call("pipeline.get", ["id": id])["name"] == "A")
  }

  @Test("Another company's pipelines, stages, reasons, fields and products are not found")
  func isolation() async throws {
    let installation = try await TestInstallation.make()
    let one = try await installation.company("one")
    let other = try await installation.company("other")
    // Ids are counted in each company: what is asked for is there, in the other one only.
    _ = try await other.pipeline("A")
    let theirs = try await other.pipeline("Чужая", stages: [["name": "A"], ["name": "B"]])
    let stage = theirs.stage("A")
    let reason = try await other.owner.call("reason.create", ["kind": "loss", "name": "R"]).id
    let field = try await other.owner.call(
      "field.create", ["for": "deal", "key": "f", "name": "F", "type": "text"]
    ).id
    let product = try await other.owner.call("product.create", ["name": "P"]).id
    let calls: [(String, JSONObject)] = [
      ("pipeline.get", ["id": .integer(theirs.id)]),
      ("pipeline.update", ["id": .integer(theirs.id), "no_back": "warn"]),
      ("stage.list", ["pipeline": .integer(theirs.id)]),
      ("stage.create", ["pipeline": .integer(theirs.id), "name": "C"]),
      ("stage.update", ["id": .integer(stage), "name": "D"]),
      ("stage.delete", ["id": .integer(stage)]), ("pipeline.archive", ["id": .integer(theirs.id)]),
      ("pipeline.restore", ["id": .integer(theirs.id)]),
      ("pipeline.delete", ["id": .integer(theirs.id)]),
      ("reason.update", ["id": .integer(reason), "name": "S"]),
      ("reason.delete", ["id": .integer(reason)]),
      ("field.update", ["id": .integer(field), "name": "G"]),
      ("field.delete", ["id": .integer(field)]),
      ("product.update", ["id": .integer(product), "name": "Q"]),
    ]
    for (method, parameters) in calls {
      #expect(try await one.owner.refusal(method, parameters)?.kind == "not_found", "\(method)")
      #expect(try await other.owner.refusal(method, parameters) == nil, "\(method)")
    }
    #expect(try await one.owner.call("pipeline.list").items.count == 1)
  }

  @Test(
    "Archived pipelines do not count, are listed on request, and come back only if there is room")
  func archive() async throws {
    let company = try await TestInstallation.make().company(limits: ["deal_pipelines": 1])
    let first = try await company.pipeline("A")
    let id: JSONObject = ["id": .integer(first.id)]
    let archived = try await company.owner.call("pipeline.archive", id)
    #expect(archived["archived"] == true)
    #expect(try await company.owner.call("pipeline.archive", id) == archived)
    let second = try await company.pipeline("B")
    #expect(try await company.owner.call("pipeline.list", ["kind": "deal"]).ids == [second.id])
    let all = try await company.owner.call("pipeline.list", ["kind": "deal", "archived": true])
    #expect(all.ids == [first.id, second.id])
    let refusal = try await company.owner.refusal("pipeline.restore", id)
    #expect(refusal?.kind == "plan_limit")
    #expect(refusal?["used"] == 1)
    try await company.owner.call("pipeline.archive", ["id": .integer(second.id)])
    #expect(try await company.owner.call("pipeline.restore", id)["archived"] == false)
    let leads = try await company.owner.call("pipeline.list", ["kind": "lead"]).ids[0]
    let lead = try await company.owner.refusal("pipeline.archive", ["id": .integer(leads)])
    #expect(lead?.kind == "invalid")
  }

  @Test("The order decides what freezes: whatever moves up, is archived or deleted thaws the next")
  func freezing() async throws {
    let company = try await TestInstallation.make().company()
    var ids: [Int64] = []
    for name in ["A", "B", "C", "D"] { ids.append(try await company.pipeline(name).id) }
    try await company.operatorClient.call(
      "plan.create", ["code": "two", "name": "Two", "limits": ["deal_pipelines": 2]])
    try await company.operatorClient.call(
      "tenant.set_plan", ["tenant": .string(company.slug), "plan": "two"])
    #expect(try await frozen(company) == ["C", "D"])
    let order: JSON = .array([ids[3], ids[0], ids[1], ids[2]].map { .integer($0) })
    let reordered = try await company.owner.call("pipeline.reorder", ["pipelines": order])
    #expect(reordered.texts("name") == ["Заявки", "D", "A", "B", "C"])
    #expect(try await company.owner.call("pipeline.list") == reordered)
    #expect(try await frozen(company) == ["B", "C"])
    try await company.owner.call("pipeline.archive", ["id": .integer(ids[0])])
    #expect(try await frozen(company) == ["C"])
    try await company.owner.call("pipeline.delete", ["id": .integer(ids[3])])
    #expect(try await frozen(company) == [])
    let refusal = try await company.owner.refusal(
      "pipeline.reorder", ["pipelines": [.integer(ids[1])]])
    #expect(refusal?.kind == "invalid")
  }

  private func frozen(_ company: TestCompany) async throws -> [String] {
    try await company.owner.call("pipeline.list", ["kind": "deal"]).items
      .filter { $0["frozen"] == true }.compactMap { $0["name"]?.string }
  }

  @Test("A pipeline with cards is not deleted; the refusal counts them")
  func deletion() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"]])
    let member = try await company.member("b", .init(pipeline: pipeline.id, actions: ["view"]))
    try await company.card(in: pipeline.stage("A"))
    try await company.card(in: pipeline.stage("Выиграна"))
    let id: JSONObject = ["id": .integer(pipeline.id)]
    let refusal = try await company.owner.refusal("pipeline.delete", id)
    #expect(refusal?.kind == "conflict")
    #expect(refusal?["cards"] == 2)
    try await company.write(CompanyRows.deleteCards(.integer(company.id)))
    var dry = id
    dry["dry_run"] = true
    #expect(try await company.owner.call("pipeline.delete", dry)["deleted"] == false)
    #expect(try await member.client.refusal("pipeline.get", id) == nil)
    #expect(try await company.owner.call("pipeline.delete", id)["deleted"] == true)
    #expect(try await member.client.refusal("pipeline.get", id)?.kind == "not_found")
    #expect(try await company.owner.refusal("pipeline.get", id)?.kind == "not_found")
    _ = try await company.pipeline("Услуги")
  }
}
