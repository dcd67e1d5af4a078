internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("How a company arranges its fields")
struct FieldArrangementTests {
  private func field(_ company: TestCompany, _ key: String, _ more: JSONObject = [:]) async throws
    -> JSON
  {
    var parameters: JSONObject = [
      "for": "deal", "key": .string(key), "name": .string(key), "type": "text",
    ]
    for member in more.members { parameters[member.name] = member.value }
    return try await company.owner.call("field.create", parameters)
  }

  @Test("Fields stand in the order and under the headings that the company gives them")
  func order() async throws {
    let company = try await TestInstallation.make().company()
    var ids: [JSON] = []
    for key in ["a", "b", "c"] { ids.append(.integer(try await field(company, key).id)) }
    let wanted: JSON = [ids[2], ids[0], ids[1]]
    let ordered = try await company.owner.call(
      "field.reorder", ["for": "deal", "fields": wanted])
    #expect(ordered.texts("key") == ["c", "a", "b"])
    #expect(try await company.owner.call("field.list") == ordered)
    #expect(
      try await company.owner.call("field.reorder", ["for": "deal", "fields": wanted]) == ordered)
    for wrong: JSON in [[ids[0]], [ids[0], ids[0], ids[1]], [ids[0], ids[1], 999], []] {
      #expect(
        try await company.owner.refusal("field.reorder", ["for": "deal", "fields": wrong])?.kind
          == "invalid")
    }
    let grouped = try await company.owner.call("field.update", ["id": ids[0], "group": "Монтаж"])
    #expect(grouped["group"] == "Монтаж")
    #expect(
      try await company.owner.call("field.update", ["id": ids[0], "group": .null])["group"]
        == .null)
    let boris = try await company.user("boris")
    #expect(
      try await boris.client.refusal("field.reorder", ["for": "deal", "fields": wanted])?.kind
        == "forbidden")
  }

  @Test("A field of one pipeline is refused on others by name, and what cards hold stays")
  func pipelines() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let first = try await company.pipeline("Кухни", stages: [["name": "A"], ["name": "B"]])
    let second = try await company.pipeline("Монтаж", stages: [["name": "A"], ["name": "B"]])
    let size = try await field(company, "size", ["pipelines": [.integer(first.id)]])
    #expect(size["pipelines"] == [.integer(first.id)])
    let create = { (pipeline: Int64, fields: JSON) -> JSONObject in
      ["pipeline": .integer(pipeline), "title": "T", "fields": fields]
    }
    let refusal = try await owner.refusal("deal.create", create(second.id, ["size": "3"]))
    #expect(refusal?.kind == "invalid" && refusal?.message.contains("fields.size") == true)
    let deal = try await owner.call("deal.create", create(first.id, ["size": "3"]))
    // A copy keeps what it held, and may change it in the pipeline's own fields alone.
    let copy = try await owner.call(
      "deal.copy", ["id": .integer(deal.id), "pipeline": .integer(second.id)])
    let made = try #require(copy["deal"]?["id"])
    #expect(copy["deal"]?["fields"] == ["size": "3"])
    #expect(
      try await owner.refusal("deal.update", ["id": made, "fields": ["size": "4"]])?.kind
        == "invalid")
    let cleared = try await owner.call("deal.update", ["id": made, "fields": ["size": .null]])
    #expect(cleared["fields"] == [:])
    // Narrowed away from a pipeline, the values of its cards stay and can be read.
    try await owner.call(
      "field.update", ["id": .integer(size.id), "pipelines": [.integer(second.id)]])
    #expect(
      try await owner.call("deal.get", ["id": .integer(deal.id)])["fields"] == ["size": "3"])
    let all = try await owner.call("field.update", ["id": .integer(size.id), "pipelines": .null])
    #expect(all["pipelines"] == .null)
    try await owner.call("deal.create", create(second.id, ["size": "5"]))
    let leads = try await owner.call("pipeline.list", ["kind": "lead"]).items[0].id
    let wrong: [(Int64, String)] = [(999, "not_found"), (leads, "invalid")]
    for (pipeline, kind) in wrong {
      #expect(
        try await owner.refusal(
          "field.update", ["id": .integer(size.id), "pipelines": [.integer(pipeline)]])?.kind
          == kind)
    }
  }

  @Test("A stage requires only what its cards can be given, and a field does not leave it")
  func required() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let first = try await company.pipeline("Кухни", stages: [["name": "A"], ["name": "B"]])
    let second = try await company.pipeline("Монтаж", stages: [["name": "A"], ["name": "B"]])
    let size = try await field(company, "size", ["pipelines": [.integer(first.id)]])
    let require = { (pipeline: JSON) -> JSONObject in
      ["id": .integer(pipeline.stage("B")), "required": ["size|amount"]]
    }
    let refusal = try await owner.refusal("stage.update", require(second))
    #expect(refusal?.kind == "invalid" && refusal?.message.contains("size") == true)
    try await owner.call("stage.update", require(first))
    let leaving: JSONObject = ["id": .integer(size.id), "pipelines": [.integer(second.id)]]
    #expect(try await owner.refusal("field.update", leaving)?.kind == "conflict")
    let both: JSONObject = [
      "id": .integer(size.id), "pipelines": [.integer(first.id), .integer(second.id)],
    ]
    #expect(try await owner.call("field.update", both)["version"] == 2)
  }

  @Test("Who knows one pipeline is told of its fields, and not which others they are of")
  func sight() async throws {
    let company = try await TestInstallation.make().company()
    let first = try await company.pipeline("Кухни", stages: [["name": "A"]])
    let second = try await company.pipeline("Монтаж", stages: [["name": "A"]])
    let both: JSON = [.integer(first.id), .integer(second.id)]
    _ = try await field(company, "both", ["pipelines": both])
    _ = try await field(company, "hidden", ["pipelines": [.integer(second.id)]])
    _ = try await field(company, "all")
    let boris = try await company.member("boris", .init(pipeline: first.id, actions: ["view"]))
    let told = try await boris.client.call("field.list")
    #expect(told.texts("key") == ["both", "all"])
    #expect(told.items[0]["pipelines"] == [.integer(first.id)])
    #expect(try await company.owner.call("field.list").items[0]["pipelines"] == both)
  }

  @Test("A field of pipelines that one does not know is as unknown as one that nobody made")
  func unknown() async throws {
    let company = try await TestInstallation.make().company()
    let first = try await company.pipeline("Кухни", stages: [["name": "A"]])
    let second = try await company.pipeline("Монтаж", stages: [["name": "A"]])
    _ = try await field(company, "hidden", ["pipelines": [.integer(second.id)]])
    _ = try await field(company, "shown", ["pipelines": [.integer(first.id)]])
    let boris = try await company.member(
      "boris", .init(pipeline: first.id, actions: ["view", "create", "edit"]))
    let deal = try await boris.client.call(
      "deal.create", ["pipeline": .integer(first.id), "title": "Кухня"])
    let ways: [(String, JSONObject)] = [
      ("deal.create", ["pipeline": .integer(first.id), "title": "A"]),
      ("deal.update", ["id": .integer(deal.id)]),
    ]
    for (method, parameters) in ways {
      for value in ["text", .null, 5] as [JSON] {
        var replies: [String] = []
        for key in ["hidden", "nobody"] {
          var parameters = parameters
          parameters["fields"] = [key: value]
          let refusal = try await boris.client.refusal(method, parameters)
          #expect(refusal?.kind == "invalid")
          let problem = refusal?["fields"]?[0]?["problem"]?.string ?? ""
          let path = refusal?["fields"]?[0]?["path"]?.string ?? ""
          replies.append("\(path) \(problem)".replacing(key, with: "KEY"))
        }
        #expect(replies[0] == replies[1] && replies[0].contains("shown"), "\(method) \(replies)")
      }
    }
    // Who knows both is told what is wrong.
    let owner = try await company.owner.refusal(
      "deal.update", ["id": .integer(deal.id), "fields": ["hidden": "x"]])
    #expect(owner?["fields"]?[0]?["problem"] == "is no field of this pipeline")
  }

  @Test("A field takes people whom one knows; somebody else who stands in it may stay")
  func people() async throws {
    let company = try await TestInstallation.make().company()
    let first = try await company.pipeline("Кухни", stages: [["name": "A"]])
    let second = try await company.pipeline("Монтаж", stages: [["name": "A"]])
    try await company.owner.call(
      "field.create",
      ["for": "deal", "key": "designer", "name": "Designer", "type": "user"])
    let boris = try await company.member(
      "boris", .init(pipeline: first.id, actions: ["view", "create", "edit"]))
    let colleague = try await company.member("vera", .init(pipeline: first.id, actions: ["view"]))
    let stranger = try await company.member("gleb", .init(pipeline: second.id, actions: ["view"]))
    #expect(
      try await boris.client.refusal("user.get", ["id": .integer(stranger.id)])?.kind
        == "not_found")
    let create = { (id: Int64) -> JSONObject in
      [
        "pipeline": .integer(first.id), "title": "A", "fields": ["designer": .integer(id)],
      ]
    }
    let unseen = try await boris.client.refusal("deal.create", create(stranger.id))
    let nobody = try await boris.client.refusal("deal.create", create(99_999))
    #expect(unseen?.kind == "invalid" && unseen?.message == nobody?.message)
    #expect(unseen?["fields"] == nobody?["fields"])
    let deal = try await boris.client.call("deal.create", create(colleague.id))
    #expect(deal["fields"]?["designer"] == .integer(colleague.id))
    let given = try await company.owner.call(
      "deal.update",
      ["id": .integer(deal.id), "fields": ["designer": .integer(stranger.id)]])
    #expect(given["fields"]?["designer"] == .integer(stranger.id))
    let kept = try await boris.client.call(
      "deal.update",
      [
        "id": .integer(deal.id), "title": "B", "fields": ["designer": .integer(stranger.id)],
      ])
    #expect(kept["title"] == "B" && kept["fields"]?["designer"] == .integer(stranger.id))
  }

  @Test("Lists are narrowed by values of every type, by any of several, and by ranges")
  func filters() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let pipeline = try await company.pipeline("Кухни", stages: [["name": "A"]])
    let types: [(String, JSON)] = [
      ("text", "дуб"), ("number", 2.5), ("money", ["amount": "100", "currency": "RUB"]),
      ("date", "2026-03-01"), ("datetime", "2026-03-01T12:00:00+03:00"), ("choice", "A"),
      ("multi_choice", ["A", "B"]), ("boolean", true), ("phone_of", "+7 916 123-45-67"),
      ("email_of", "a@b.example"), ("link", "https://mebel.example/k"),
    ]
    var fields: JSONObject = [:]
    for (type, value) in types {
      let choices: JSONObject = type.hasSuffix("choice") ? ["choices": ["A", "B", "C"]] : [:]
      var more = choices
      more["type"] = .string(type.replacing("_of", with: ""))
      _ = try await field(company, type, more)
      fields[type] = value
    }
    let make = { (fields: JSONObject) in
      try await owner.call(
        "deal.create",
        ["pipeline": .integer(pipeline.id), "title": "T", "fields": .object(fields)]
      ).id
    }
    let full = try await make(fields)
    let other = try await make(["number": 10, "choice": "C", "multi_choice": ["C"]])
    _ = try await make([:])
    let found = { (asked: JSONObject) in
      try await owner.call(
        "deal.list", ["pipeline": .integer(pipeline.id), "fields": .object(asked)]
      ).ids
    }
    for (type, value) in types { #expect(try await found([type: value]) == [full], "\(type)") }
    #expect(try await found(fields) == [full])
    let cases: [(JSONObject, [Int64])] = [
      (["multi_choice": "B"], [full]), (["choice": ["any": ["A", "C"]]], [other, full]),
      (["multi_choice": ["any": ["B", "C"]]], [other, full]), (["number": 2.50], [full]),
      (["number": ["from": 2.5, "to": 3]], [full]), (["number": ["from": 3]], [other]),
      (["number": ["to": 100]], [other, full]),
      (["date": ["from": "2026-03-01", "to": "2026-03-01"]], [full]),
      (["date": ["to": "2026-02-28"]], []), (["boolean": false], []),
      (["datetime": ["from": "2026-03-01T09:00:00Z"]], [full]),
      (["money": ["from": ["amount": "99.99", "currency": "RUB"]]], [full]),
      (["number": 2.5, "choice": "C"], []), ([:], []),
    ]
    for (asked, ids) in cases where !asked.members.isEmpty {
      #expect(try await found(asked) == ids, "\(asked)")
    }
    for wrong: JSONObject in [
      ["colour": "A"], ["choice": "D"], ["number": "x"], ["text": ["from": "a"]],
      ["choice": ["any": []]], ["date": ["from": "yesterday"]], ["number": .null],
    ] {
      let refusal = try await owner.refusal("deal.list", ["fields": .object(wrong)])
      #expect(refusal?.kind == "invalid", "\(wrong)")
    }
  }
}
