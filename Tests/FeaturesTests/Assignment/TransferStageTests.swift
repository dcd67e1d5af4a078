internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("Transfer stages")
struct TransferStageTests {
  private func transfer(_ floor: SalesFloor, _ name: String = "Передать - услуги") -> JSON {
    .integer(floor.leads.stage(name))
  }

  @Test("Moving a lead to a transfer stage makes the deal at once, with fields and notes")
  func converts() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    for kind in ["lead", "deal"] {
      try await owner.call(
        "field.create", ["for": .string(kind), "key": "need", "name": "Нужно", "type": "text"])
    }
    let lead = try await floor.lead()
    let id = JSON.integer(lead.id)
    try await floor.first.client.call("note.add", ["card": id, "text": "Хочет до Нового года"])
    let entry = try await floor.first.client.call(
      "card.can_enter", ["id": id, "stage": transfer(floor)])
    #expect(entry["allowed"] == true && entry["outcome"] == "won")
    let moved = try await floor.first.client.call(
      "lead.move", ["id": id, "stage": transfer(floor), "fields": ["need": "Монтаж"]])
    #expect(moved["lead"]?["outcome"] == "won")
    #expect(moved["lead"]?["fields"]?["need"] == "Монтаж")
    #expect(moved["deal"]?.object?.members.map(\.name) == ["id"])
    let deal = moved["deal"]?["id"] ?? .null
    let seen = try await floor.servicesSeller.client.call("deal.get", ["id": deal])
    #expect(seen["responsible"] == .integer(floor.servicesSeller.id))
    #expect(seen["fields"]?["need"] == "Монтаж" && seen["based_on"] == id)
    let notes = try await floor.servicesSeller.client.call("note.list", ["card": deal])
    #expect(notes["items"]?[0]?["text"] == "Хочет до Нового года")
    let history = try await floor.first.client.call("lead.history", ["id": id])
    #expect(history.texts("change") == ["created", "converted"])
    #expect(history.items.last?["details"]?["through"] == transfer(floor))
  }

  @Test("Who may create nothing where a stage leads learns nothing of the fields there")
  func hidden() async throws {
    let floor = try await SalesFloor.make()
    try await floor.company.owner.call(
      "field.create",
      [
        "for": "deal", "key": "secret", "name": "Тайное", "type": "choice", "choices": ["a"],
        "pipelines": [.integer(floor.services.id)],
      ])
    let qualifier = try await floor.company.member(
      "qualifier", .init(pipeline: floor.leads.id, actions: ["view", "move", "close"]))
    let lead = try await floor.lead()
    let fields: [JSON] = [["zzz": 1], ["secret": "b"], ["secret": "a"]]
    for values in fields {
      let refusal = try await qualifier.client.refusal(
        "lead.move",
        ["id": .integer(lead.id), "stage": transfer(floor), "deal": ["fields": values]])
      #expect(refusal?.kind == "forbidden" && refusal?["needs"] == "create", "\(values)")
    }
  }

  @Test("A transfer stage counts as entered: the lead was in it for no time at all")
  func reached() async throws {
    let floor = try await SalesFloor.make()
    for name in ["общее", "услуги", "услуги", "услуги"] {
      let lead = try await floor.lead(name)
      try await floor.first.client.call(
        "lead.move", ["id": .integer(lead.id), "stage": floor.stage(1, of: floor.leads)])
      floor.company.installation.clock.advance(seconds: 3600)
      let moved = try await floor.first.client.call(
        "lead.move", ["id": .integer(lead.id), "stage": transfer(floor, "Передать - \(name)")])
      #expect(moved["lead"]?["version"] == 4)
      let read = try await floor.first.client.call("lead.get", ["id": .integer(lead.id)])
      #expect(read.withoutClocks == moved["lead"])
    }
    let funnel = try await floor.company.owner.call(
      "report.funnel", ["pipeline": .integer(floor.leads.id)])
    let stages = funnel["stages"]?.array ?? []
    #expect(stages.map { $0["entered"] } == [4, 4, 1, 3])
    #expect(stages.map { $0["reached"] } == [4, 4, 1, 3])
    #expect(stages.map { $0["exit"] } == [nil, nil, true, true])
    #expect(stages.map { $0["from_previous"] } == [.null, 1.0, 0.25, 0.75])
    #expect(stages.last?["dwell"] == ["stays": 3, "median_s": 0, "p90_s": 0])
    // Ways out stand beside each other: that one is taken more often is no fault.
    #expect(funnel["shape"]?["verdict"] == "funnel")
    // Who lost the same way was not in it.
    let lost = try await floor.lead("Нет")
    try await floor.first.client.call(
      "lead.lose",
      ["id": .integer(lost.id), "reason": try await floor.reason("loss"), "comment": "Нет"])
    let after = try await floor.company.owner.call(
      "report.funnel", ["pipeline": .integer(floor.leads.id)])
    #expect(after["stages"]?.array?.map { $0["entered"] } == [5, 4, 1, 3])
  }

  @Test(
    "A lead that stood in a stage before it became one that transfers stays there, and is counted once"
  )
  func standing() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    let stage = floor.stage(1, of: floor.leads)
    let lead = try await floor.lead()
    try await floor.first.client.call("lead.move", ["id": .integer(lead.id), "stage": stage])
    try await owner.call(
      "stage.update", ["id": stage, "transfers_to": .integer(floor.services.id)])
    let here: JSONObject = ["id": .integer(lead.id), "stage": stage]
    let stayed = try await floor.first.client.call("lead.move", here)
    #expect(stayed["outcome"] == "open" && stayed["stage"] == stage && stayed["version"] == 2)
    let entry = try await floor.first.client.call("card.can_enter", here)
    #expect(entry["allowed"] == true && entry["outcome"] == "open")
    #expect(try await owner.call("deal.list").items.isEmpty)
    let converted = try await floor.first.client.call(
      "lead.convert", ["id": .integer(lead.id), "pipeline": .integer(floor.services.id)])
    #expect(converted["lead"]?["version"] == 3)
    let funnel = try await owner.call("report.funnel", ["pipeline": .integer(floor.leads.id)])
    #expect(funnel["stages"]?[1]?["dwell"]?["stays"] == 1)
  }

  @Test(
    "Whoever hands over, an admin too: the deal goes to whom the receiving pipeline's rule chooses")
  func handedOverByAdmin() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    let moved = try await owner.call(
      "lead.move", ["id": .integer(try await floor.lead().id), "stage": transfer(floor)])
    #expect(moved["deal"]?["responsible"] == .integer(floor.servicesSeller.id))
    // Converting by hand stays as it is: who may view the pipeline keeps the deal.
    let me = try await owner.call("auth.whoami")["principal"]?["user"]?["id"]
    let converted = try await owner.call(
      "lead.convert",
      [
        "id": .integer(try await floor.lead("Вторая").id),
        "pipeline": .integer(floor.services.id),
      ])
    #expect(converted["deal"]?["responsible"] == me)
    // Without any rule it is whose who hands over.
    try await owner.call(
      "pipeline.update", ["id": .integer(floor.services.id), "responsible_rule": .null])
    let kept = try await owner.call(
      "lead.move", ["id": .integer(try await floor.lead("Третья").id), "stage": transfer(floor)])
    #expect(kept["deal"]?["responsible"] == me)
  }

  @Test("What both gates miss is told at once, and nothing has happened then")
  func gates() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    try await owner.call(
      "field.create", ["for": "lead", "key": "address", "name": "Адрес", "type": "text"])
    try await owner.call(
      "stage.update", ["id": transfer(floor), "required": ["name", "source"]])
    // What another way out asks is none of this one's business.
    try await owner.call(
      "stage.update", ["id": transfer(floor, "Передать - общее"), "required": ["address"]])
    try await owner.call(
      "stage.update", ["id": floor.stage(0, of: floor.services), "required": ["amount"]])
    let lead = try await floor.first.client.call("lead.create", ["title": "Пусто"])
    let id = JSON.integer(lead.id)
    let refusal = try await floor.first.client.refusal(
      "lead.move", ["id": id, "stage": transfer(floor)])
    #expect(refusal?.kind == "stage_rule")
    let missing = Set((refusal?["missing"]?.array ?? []).compactMap(\.string))
    #expect(missing == ["name", "source", "phone|email", "amount"])
    let entry = try await floor.first.client.call(
      "card.can_enter", ["id": id, "stage": transfer(floor)])
    #expect(entry["allowed"] == false)
    #expect(try await floor.first.client.call("lead.get", ["id": id])["version"] == 1)
    #expect(try await owner.call("deal.list").items.isEmpty)
    // Without `create` in the target it is forbidden, as lead.convert is.
    let grant = try await owner.call("grant.list", ["pipeline": .integer(floor.services.id)])
    let creating = grant.items.first { $0["actions"] == ["create"] }
    try await owner.call("grant.revoke", ["id": creating?["id"] ?? .null])
    let forbidden = try await floor.first.client.refusal(
      "lead.move", ["id": id, "stage": transfer(floor)])
    #expect(forbidden?.kind == "forbidden" && forbidden?["needs"] == "create")
  }

  @Test("Sixteen moves of one lead at once make one deal, and each is told of it")
  func once() async throws {
    let floor = try await SalesFloor.make()
    let lead = try await floor.lead()
    let deals = try await withThrowingTaskGroup(of: Int64.self) { group in
      for _ in 0..<16 {
        group.addTask {
          try await floor.first.client.call(
            "lead.move", ["id": .integer(lead.id), "stage": transfer(floor)])["deal"]?.id ?? 0
        }
      }
      return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
    }
    #expect(deals.count == 1)
    #expect(try await floor.company.owner.call("deal.list").ids == Array(deals))
    let history = try await floor.company.owner.call("lead.history", ["id": .integer(lead.id)])
    #expect(history.items.count == 2)
    // Into another direction it does not go any more.
    let other = try await floor.first.client.refusal(
      "lead.move", ["id": .integer(lead.id), "stage": transfer(floor, "Передать - общее")])
    #expect(other?.kind == "stage_rule" && other?["already_closed"] == "won")
  }

  @Test("Only stages of leads transfer, only into deal pipelines that are known, which then stay")
  func design() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    #expect(
      floor.leads["stages"]?.array?.compactMap { $0["transfers_to"]?.int64 }
        == [floor.general.id, floor.services.id])
    let refusals: [(JSONObject, String)] = [
      (
        ["id": floor.stage(0, of: floor.general), "transfers_to": .integer(floor.services.id)],
        "invalid"
      ),
      (["id": transfer(floor), "transfers_to": .integer(floor.leads.id)], "invalid"),
      (["id": transfer(floor), "transfers_to": 900], "not_found"),
      (
        [
          "id": .integer(floor.leads.stage("Проиграна")),
          "transfers_to": .integer(floor.services.id),
        ],
        "invalid"
      ),
    ]
    for (parameters, kind) in refusals {
      #expect(try await owner.refusal("stage.update", parameters)?.kind == kind)
    }
    // Where leads are handed over stays in use, and the stages are told that hand them over there.
    for method in ["pipeline.delete", "pipeline.archive"] {
      let refusal = try await owner.refusal(method, ["id": .integer(floor.services.id)])
      #expect(refusal?.kind == "conflict", "\(method)")
      #expect(
        refusal?["stages"] == [["stage": transfer(floor), "name": "Передать - услуги"]],
        "\(method)")
      #expect(refusal?.message.contains("Передать - услуги") == true)
    }
    let cleared = try await owner.call(
      "stage.update", ["id": transfer(floor), "transfers_to": .null])
    #expect(cleared["transfers_to"] == JSON.null)
    let archived = try await owner.call(
      "pipeline.archive", ["id": .integer(floor.services.id)])
    #expect(archived["archived"] == true)
    let lead = try await floor.lead()
    let moved = try await floor.first.client.call(
      "lead.move", ["id": .integer(lead.id), "stage": transfer(floor)])
    #expect(moved["outcome"] == "open" && moved["stage"] == transfer(floor))
  }
}
