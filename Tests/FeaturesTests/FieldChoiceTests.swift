internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("Options that cards hold")
struct FieldChoiceTests {
  private struct Scene {
    let company: TestCompany
    let pipeline: JSON
    let field: JSON
    var owner: TestClient { company.owner }

    static func make(_ type: String, isSearchable: Bool = false) async throws -> Scene {
      let company = try await TestInstallation.make().company()
      let pipeline = try await company.pipeline("Мебель", stages: [["name": "A"]])
      let field = try await company.owner.call(
        "field.create",
        [
          "for": "deal", "key": "colour", "name": "Цвет", "type": .string(type),
          "choices": ["red", "blue", "green"], "searchable": .bool(isSearchable),
        ])
      return Scene(company: company, pipeline: pipeline, field: .integer(field.id))
    }

    func deal(_ colour: JSON) async throws -> JSON {
      .integer(
        try await owner.call(
          "deal.create",
          [
            "title": "Кухня", "pipeline": .integer(pipeline.id), "fields": ["colour": colour],
          ]
        ).id)
    }

    func colour(_ deal: JSON) async throws -> JSON? {
      try await owner.call("deal.get", ["id": deal])["fields"]?["colour"]
    }

    func update(_ more: JSONObject) async throws -> JSON {
      var parameters: JSONObject = ["id": field]
      for member in more.members { parameters[member.name] = member.value }
      return try await owner.call("field.update", parameters)
    }

    func refusal(_ more: JSONObject) async throws -> RPCError? {
      var parameters: JSONObject = ["id": field]
      for member in more.members { parameters[member.name] = member.value }
      return try await owner.refusal("field.update", parameters)
    }
  }

  @Test("An option is not replaced by nothing while a stage demands the field")
  func demanded() async throws {
    let scene = try await Scene.make("choice")
    let deal = try await scene.deal("red")
    let stage = JSON.integer(scene.pipeline.stage("A"))
    try await scene.owner.call("stage.update", ["id": stage, "required": ["colour"]])
    let refusal = try await scene.refusal(["replace": ["red": .null]])
    #expect(refusal?.kind == "conflict" && refusal?.message.contains("\"A\"") == true)
    #expect(try await scene.colour(deal) == "red")
    // Another one in its place is as good, and so is nothing where no card holds it.
    _ = try await scene.update(["replace": ["green": .null]])
    _ = try await scene.update(["replace": ["red": "blue"]])
    #expect(try await scene.colour(deal) == "blue")
  }

  @Test("An option that cards hold does not go from under them, open or closed")
  func held() async throws {
    let scene = try await Scene.make("choice")
    let open = try await scene.deal("red")
    let closed = try await scene.deal("red")
    let reason = try await scene.owner.call("reason.create", ["kind": "loss", "name": "Дорого"])
    try await scene.owner.call(
      "deal.lose", ["id": closed, "reason": .integer(reason.id), "comment": "Так"])
    for isDryRun in [true, false] {
      var request: JSONObject = ["choices": ["blue", "green"]]
      if isDryRun { request["dry_run"] = true }
      let refusal = try await scene.refusal(request)
      #expect(refusal?.kind == "conflict" && refusal?["cards"] == 2)
      #expect(refusal?["choices"] == ["red": 2])
    }
    // Nobody holds green.
    #expect(try await scene.update(["choices": ["red", "blue"]])["choices"] == ["red", "blue"])
    let dry = try await scene.update(["replace": ["red": "blue"], "dry_run": true])
    #expect(dry["dry_run"] == true && dry["cards"] == 2 && dry["choices"] == ["blue"])
    #expect(try await scene.colour(open) == "red")
    let done = try await scene.update(["replace": ["red": "blue"]])
    #expect(done["choices"] == ["blue"] && done["cards"] == 2)
    for deal in [open, closed] { #expect(try await scene.colour(deal) == "blue") }
    let history = try await scene.owner.call("deal.history", ["id": open])
    #expect(history.items.last?["change"] == "updated")
    #expect(history.items.last?["details"]?["choices"] == ["red": "blue"])
  }

  @Test("What nothing takes the place of is taken off the cards")
  func takenAway() async throws {
    let scene = try await Scene.make("choice")
    let (red, blue) = (try await scene.deal("red"), try await scene.deal("blue"))
    _ = try await scene.update(["replace": ["red": .null]])
    #expect(try await scene.owner.call("deal.get", ["id": red])["fields"] == [:])
    #expect(try await scene.colour(blue) == "blue")
    #expect(try await scene.owner.call("deal.get", ["id": blue])["version"] == 1)
  }

  @Test("A renamed option is renamed on the cards too, which are found by the new name")
  func renamed() async throws {
    let scene = try await Scene.make("choice", isSearchable: true)
    let deal = try await scene.deal("red")
    let done = try await scene.update(["rename_choices": ["red": "crimson", "blue": "navy"]])
    #expect(done["choices"] == ["crimson", "navy", "green"] && done["cards"] == 1)
    #expect(try await scene.colour(deal) == "crimson")
    let list = try await scene.owner.call("deal.list", ["fields": ["colour": "crimson"]])
    #expect(list.ids == [deal.int64 ?? 0])
    // Two change places.
    _ = try await scene.update(["rename_choices": ["crimson": "navy", "navy": "crimson"]])
    #expect(try await scene.colour(deal) == "navy")
  }

  @Test("Of several options on a card each becomes what it is to become, in the field's order")
  func several() async throws {
    let scene = try await Scene.make("multi_choice")
    let deal = try await scene.deal(["red", "green"])
    let only = try await scene.deal(["red"])
    _ = try await scene.update([
      "rename_choices": ["green": "lime"], "choices": ["lime", "blue", "red"],
    ])
    #expect(try await scene.colour(deal) == ["lime", "red"])
    #expect(try await scene.refusal(["choices": ["lime", "blue"]])?["cards"] == 2)
    _ = try await scene.update(["replace": ["red": "lime"]])
    for card in [deal, only] { #expect(try await scene.colour(card) == ["lime"]) }
    _ = try await scene.update(["replace": ["lime": .null]])
    #expect(try await scene.owner.call("deal.get", ["id": only])["fields"] == [:])
  }

  @Test(
    "What makes no sense is refused by its place",
    arguments: [
      (["rename_choices": ["pink": "rose"]], "rename_choices"),
      (["rename_choices": ["red": "blue"]], "rename_choices"),
      (["rename_choices": ["red": "rose", "blue": "rose"]], "rename_choices"),
      (["rename_choices": ["red": 5]], "rename_choices"),
      (["rename_choices": ["red": "rose"], "choices": ["red", "blue"]], "choices"),
      (["replace": ["pink": "blue"]], "replace"), (["replace": ["red": "pink"]], "replace"),
      (["replace": ["red": "blue"], "choices": ["red", "blue"]], "replace"),
      (["replace": ["red": ["blue"]]], "replace"),
    ] as [(JSONObject, String)])
  func refused(request: JSONObject, path: String) async throws {
    let scene = try await Scene.make("choice")
    let refusal = try await scene.refusal(request)
    #expect(refusal?.kind == "invalid")
    #expect(refusal?["fields"]?[0]?["path"] == .string(path))
  }
}
