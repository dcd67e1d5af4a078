internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("Where a lead's fields go")
struct FieldMappingTests {
  private func field(
    _ floor: SalesFloor, _ kind: String, _ key: String, _ type: String = "text",
    _ more: JSONObject = [:]
  ) async throws -> JSON {
    var parameters: JSONObject = [
      "for": .string(kind), "key": .string(key), "name": .string(key), "type": .string(type),
    ]
    for member in more.members { parameters[member.name] = member.value }
    return .integer(try await floor.company.owner.call("field.create", parameters).id)
  }

  /// A lead with these fields, as a deal of the services.
  private func deal(
    _ floor: SalesFloor, of fields: JSON, _ more: JSONObject = [:]
  ) async throws -> JSON {
    let lead = try await floor.lead("Кухня", ["fields": fields])
    var parameters: JSONObject = ["id": .integer(lead.id), "pipeline": .integer(floor.services.id)]
    for member in more.members { parameters[member.name] = member.value }
    let converted = try await floor.first.client.call("lead.convert", parameters)
    return try await floor.company.owner.call(
      "deal.get", ["id": converted["deal"]?["id"] ?? .null])
  }

  @Test("Fields go where the company says, else by key and type, and fill only what is empty")
  func carried() async throws {
    let floor = try await SalesFloor.make()
    let (budget, colours, extra) = (
      try await field(floor, "deal", "budget_text"),
      try await field(floor, "deal", "colours", "multi_choice", ["choices": ["A", "B", "C"]]),
      try await field(floor, "deal", "extra")
    )
    for key in ["need", "urgent_text"] { _ = try await field(floor, "deal", key) }
    _ = try await field(floor, "lead", "need")
    _ = try await field(floor, "lead", "budget", "number", ["converts_to": budget])
    _ = try await field(
      floor, "lead", "colour", "choice", ["choices": ["A", "B"], "converts_to": colours])
    let second = try await field(floor, "lead", "second", "text", ["converts_to": extra])
    _ = try await field(floor, "lead", "extra", "text")
    _ = try await field(floor, "lead", "third", "phone", ["converts_to": extra])
    let urgent = try await field(floor, "lead", "urgent", "boolean")
    let told = try await floor.company.owner.call(
      "field.update",
      [
        "id": urgent,
        "converts_to": .integer(
          try await floor.company.owner.call("field.list")
            .items.first { $0["key"] == "urgent_text" }?.id ?? 0),
      ])
    #expect(told["converts_to"]?.int64 != nil && told["version"] == 2)
    let all: JSON = [
      "need": "Монтаж", "budget": 150.5, "colour": "B", "second": "раз", "extra": "два",
      "third": "+79161234567", "urgent": true,
    ]
    let whole = try await deal(floor, of: all)
    #expect(
      whole["fields"] == [
        "budget_text": "150.5", "colours": ["B"], "extra": "раз", "urgent_text": "true",
        "need": "Монтаж",
      ])
    // The first that holds a value fills the field; the one of the same key comes last.
    #expect(
      try await deal(floor, of: ["extra": "два", "third": "+79161234567"])["fields"]
        == ["extra": "+79161234567"])
    #expect(try await deal(floor, of: ["extra": "два"])["fields"] == ["extra": "два"])
    // What is named for the deal wins, also nothing.
    let named = try await deal(
      floor, of: all, ["fields": ["extra": "своё", "need": .null, "budget_text": "до ста"]])
    #expect(
      named["fields"] == [
        "budget_text": "до ста", "colours": ["B"], "extra": "своё", "urgent_text": "true",
      ])
    // Without a mapping the field of the same key is meant again.
    try await floor.company.owner.call("field.update", ["id": second, "converts_to": .null])
    #expect(try await deal(floor, of: ["second": "раз"])["fields"] == [:])
  }

  @Test("The gate counts as filled what the mapping brings, beforehand too, also by a transfer")
  func gate() async throws {
    let floor = try await SalesFloor.make()
    let target = try await field(floor, "deal", "sum")
    _ = try await field(floor, "lead", "budget", "number", ["converts_to": target])
    try await floor.company.owner.call(
      "stage.update", ["id": floor.stage(0, of: floor.services), "required": ["sum"]])
    let transfer = JSON.integer(floor.leads.stage("Передать - услуги"))
    let (empty, filled) = (
      try await floor.lead("Пусто"), try await floor.lead("Есть", ["fields": ["budget": 7]])
    )
    let client = floor.first.client
    for (lead, isAllowed) in [(empty, false), (filled, true)] {
      let id = JSON.integer(lead.id)
      let steps: [JSONObject] = [
        ["id": id, "stage": transfer],
        ["id": id, "step": "convert", "pipeline": .integer(floor.services.id)],
      ]
      for step in steps {
        let entry = try await client.call("card.can_enter", step)
        #expect(entry["allowed"] == .bool(isAllowed))
        if !isAllowed { #expect(entry["refusal"]?["missing"] == ["sum"]) }
      }
    }
    // With the move itself, of the lead or of the deal.
    let id = JSON.integer(empty.id)
    let entry = try await client.call(
      "card.can_enter", ["id": id, "stage": transfer, "fields": ["budget": 9]])
    #expect(entry["allowed"] == true)
    let move: JSONObject = [
      "id": id, "stage": transfer,
      "deal": [
        "title": "Монтаж", "amount": ["amount": "100.00", "currency": "RUB"],
        "fields": ["sum": "сто"],
      ],
    ]
    #expect(try await client.call("card.can_enter", move)["allowed"] == true)
    let moved = try await client.call("lead.move", move)
    let deal = try await floor.company.owner.call(
      "deal.get", ["id": moved["deal"]?["id"] ?? .null])
    #expect(deal["title"] == "Монтаж" && deal["amount"]?["amount"] == "100.00")
    #expect(deal["fields"] == ["sum": "сто"])
    #expect(moved["lead"]?["title"] == "Пусто" && moved["lead"]?["amount"] == JSON.null)
    // What is wrong with it is told by its place.
    var wrong = move
    wrong["id"] = .integer(filled.id)
    wrong["deal"] = ["fields": ["other": 1]]
    let refusal = try await client.refusal("lead.move", wrong)
    #expect(refusal?.kind == "invalid" && refusal?.message.contains("deal.fields.other") == true)
    wrong["stage"] = floor.stage(1, of: floor.leads)
    #expect(try await client.refusal("lead.move", wrong)?.kind == "invalid")
  }

  @Test("Only types that lose nothing are mapped, and what a mapping needs does not go under it")
  func checks() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    let text = try await field(floor, "deal", "text")
    let number = try await field(floor, "deal", "number", "number")
    let choice = try await field(floor, "deal", "choice", "choice", ["choices": ["A", "B"]])
    let wrongs: [(String, String, JSON)] = [
      ("lead", "money", text), ("lead", "multi_choice", text), ("lead", "user", text),
      ("lead", "text", number), ("lead", "text", choice), ("deal", "text", text),
    ]
    for (kind, type, target) in wrongs {
      var parameters: JSONObject = [
        "for": .string(kind), "key": "k", "name": "K", "type": .string(type), "converts_to": target,
      ]
      if type == "multi_choice" { parameters["choices"] = ["A"] }
      #expect(try await owner.refusal("field.create", parameters)?.kind == "invalid", "\(type)")
    }
    let of = try await field(
      floor, "lead", "of", "choice", ["choices": ["A"], "converts_to": choice])
    #expect(
      try await owner.refusal("field.update", ["id": of, "converts_to": 900])?.kind == "not_found")
    #expect(
      try await owner.refusal("field.update", ["id": of, "converts_to": of])?.kind == "invalid")
    // Options stay a part of the target's, whichever side changes.
    let options: [(JSON, JSON)] = [(of, ["A", "C"]), (choice, ["B"])]
    for (id, choices) in options {
      #expect(
        try await owner.refusal("field.update", ["id": id, "choices": choices])?.kind == "invalid")
    }
    try await owner.call("field.update", ["id": choice, "choices": ["C", "A"], "name": "Иначе"])
    try await owner.call("field.update", ["id": of, "choices": ["A", "C"]])
    let refusal = try await owner.refusal("field.delete", ["id": choice])
    #expect(refusal?.kind == "conflict" && refusal?.message.contains("\"of\"") == true)
    try await owner.call("field.update", ["id": of, "converts_to": .null])
    try await owner.call("field.delete", ["id": choice])
  }

  @Test("A mapping leads only into the pipelines of its target, and is told to who knows of one")
  func pipelines() async throws {
    let floor = try await SalesFloor.make()
    let target = try await field(
      floor, "deal", "sum", "text", ["pipelines": [.integer(floor.general.id)]])
    let source = try await field(floor, "lead", "budget", "text", ["converts_to": target])
    #expect(try await deal(floor, of: ["budget": "сто"])["fields"] == [:])
    let looker = try await floor.company.member(
      "looker", .init(pipeline: floor.leads.id, actions: ["view"], cards: "all"))
    for (client, told) in [(looker.client, JSON.null), (floor.first.client, target)] {
      let fields = try await client.call("field.list", ["for": "lead"])
      #expect(fields.items.map { $0["id"] } == [source])
      #expect(fields.items.first?["converts_to"] == told)
    }
  }

  @Test(
    "What the deal's field would refuse stays with the lead, and the deal's history tells of it")
  func leftOut() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    for (kind, options) in [("lead", ["a", "b", "c"]), ("deal", ["a"])] as [(String, JSON)] {
      _ = try await field(floor, kind, "one", "choice", ["choices": options])
      _ = try await field(floor, kind, "many", "multi_choice", ["choices": options])
    }
    let deal = try await deal(floor, of: ["one": "b", "many": ["a", "b"]])
    #expect(deal["fields"] == ["many": ["a"]])
    let history = try await owner.call("deal.history", ["id": deal["id"] ?? .null])
    #expect(history.items[0]["details"]?["left_out"] == ["one": "b", "many": ["b"]])
    let lead = try await owner.call("lead.get", ["id": deal["based_on"] ?? .null])
    #expect(lead["fields"] == ["one": "b", "many": ["a", "b"]])
    // What fits is carried, and nothing is told.
    let whole = try await self.deal(floor, of: ["one": "a", "many": ["a"]])
    #expect(whole["fields"] == ["one": "a", "many": ["a"]])
    let told = try await owner.call("deal.history", ["id": whole["id"] ?? .null])
    #expect(told.items[0]["details"]?["left_out"] == nil)
  }

  @Test("A copy carries the deal's own fields, and what is named for it wins")
  func copies() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    for key in ["need", "size"] { _ = try await field(floor, "deal", key) }
    let deal = try await owner.call(
      "deal.create",
      [
        "pipeline": .integer(floor.general.id), "title": "T",
        "fields": ["need": "Кухня", "size": "3"],
      ])
    try await owner.call(
      "deal.lose",
      ["id": .integer(deal.id), "reason": try await floor.reason("loss"), "comment": "Позже"])
    let copied = try await owner.call(
      "deal.copy",
      [
        "id": .integer(deal.id), "pipeline": .integer(floor.services.id),
        "fields": ["size": "5"],
      ])
    #expect(copied["deal"]?["fields"] == ["need": "Кухня", "size": "5"])
  }
}
