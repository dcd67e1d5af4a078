internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("Cursors of lists")
struct CursorTests {
  @Test("A cursor is good for its own list, with the same filters and order, and for no other")
  func belonging() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"]])
    let other = try await company.pipeline("Мебель", stages: [["name": "B"]])
    for number in 1...3 {
      for id in [pipeline.id, other.id] {
        try await company.owner.call(
          "deal.create", ["pipeline": .integer(id), "title": .string("Кухня \(number)")])
      }
      try await company.owner.call("contact.create", ["name": .string("Пётр \(number)")])
      try await company.owner.call("lead.create", ["title": .string("Заявка \(number)")])
      try await company.owner.call("product.create", ["name": .string("Стол \(number)")])
    }
    let list = { (method: String, parameters: JSONObject) in
      try await company.owner.call(method, parameters)
    }
    let filter: JSONObject = ["pipeline": .integer(pipeline.id), "limit": 1]
    var next = filter
    next["after"] = try await list("deal.list", filter)["next"]
    // The size of a page may change, and what says nothing may be said.
    next["limit"] = 2
    #expect(try await list("deal.list", next).texts("title") == ["Кухня 2", "Кухня 1"])
    next["order"] = "newest"
    next["outcome"] = nil
    #expect(try await list("deal.list", next).items.count == 2)

    var wrong: [(String, JSONObject)] = []
    for change in [
      ["pipeline": .integer(other.id)], ["order": "oldest"], ["outcome": "won"],
      ["source": "site"], ["pipeline": .null],
    ] as [JSONObject] {
      var parameters = next
      for member in change.members { parameters[member.name] = member.value }
      wrong.append(("deal.list", parameters))
    }
    let after = next["after"] ?? .null
    for method in ["lead.list", "contact.list", "product.list", "pipeline.list", "user.list"] {
      wrong.append((method, ["after": after]))
    }
    let contacts = try await list("contact.list", ["limit": 1])["next"] ?? .null
    wrong.append(("company.list", ["after": contacts]))
    wrong.append(("contact.list", ["after": contacts, "name": "Пётр"]))
    wrong.append(("deal.list", ["after": "YWZ0ZXI6NQ=="]))
    for (method, parameters) in wrong {
      let refusal = try await company.owner.refusal(method, parameters)
      #expect(refusal?.kind == "invalid_params", "\(method) \(parameters)")
      #expect(refusal?.problemPaths == ["after"], "\(method)")
    }
    #expect(try await list("contact.list", ["after": contacts]).items.count == 2)
  }

  @Test("A cursor of the operator's lists belongs to its list too")
  func operators() async throws {
    let installation = try await TestInstallation.make()
    let company = try await installation.company("one")
    _ = try await installation.company("two")
    let plans = try await company.operatorClient.call("plan.list", ["limit": 1])
    let refusal = try await company.operatorClient.refusal(
      "tenant.list", ["after": plans["next"] ?? .null])
    #expect(refusal?.problemPaths == ["after"])
    let rest = try await company.operatorClient.call(
      "plan.list", ["after": plans["next"] ?? .null])
    #expect(rest.items.count == 1)
  }

  @Test("A board's cursors go on with the stage's list, with its pipeline named or not")
  func board() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"]])
    for number in 1...3 {
      try await company.owner.call(
        "deal.create", ["pipeline": .integer(pipeline.id), "title": .string("\(number)")])
      try await company.owner.call("lead.create", ["title": .string("\(number)")])
    }
    let leads = try await company.owner.call("pipeline.list", ["kind": "lead"]).items[0]
    for (kind, pipeline) in [("deal", pipeline), ("lead", leads)] {
      let board = try await company.owner.call(
        "deal.board", ["pipeline": .integer(pipeline.id), "limit": 1])
      let stage = try #require(board["stages"]?[0])
      var parameters: JSONObject = [
        "stage": stage["stage"] ?? .null, "after": stage["next"] ?? .null,
      ]
      for _ in 0..<2 {
        let rest = try await company.owner.call("\(kind).list", parameters)
        #expect(rest.texts("title") == ["2", "1"], "\(kind)")
        parameters["pipeline"] = .integer(pipeline.id)
      }
    }
    let whole = try await company.owner.call(
      "deal.board", ["pipeline": .integer(pipeline.id), "limit": 500])
    #expect(whole["stages"]?[0]?["cards"]?.array?.count == 3)
    let beyond = try await company.owner.refusal(
      "deal.board", ["pipeline": .integer(pipeline.id), "limit": 501])
    #expect(beyond?.kind == "invalid_params")
  }
}

extension RPCError {
  /// The paths of the members that it names.
  var problemPaths: [String] {
    (self["fields"]?.array ?? []).compactMap { $0["path"]?.string }
  }
}
