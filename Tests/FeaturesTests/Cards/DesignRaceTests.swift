internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules
internal import TestSupport
internal import Testing

/// A card's write is decided on what the company is at that moment; the company is changed before it commits.
@Suite("A change of the company beside writes of its cards")
struct DesignRaceTests {
  private struct Scene {
    let company: TestCompany
    let pipeline: Int64
    let deal: Int64
    let field: Int64
    var owner: TestClient { company.owner }

    static func make(_ field: JSONObject = ["type": "text"]) async throws -> Scene {
      let company = try await TestInstallation.make().company()
      let pipeline = try await company.pipeline("Мебель", stages: [["name": "A"], ["name": "B"]])
      var parameters: JSONObject = [
        "for": "deal", "key": "passport", "name": "Паспорт", "searchable": true,
        "filterable": true,
      ]
      for member in field.members { parameters[member.name] = member.value }
      let made = try await company.owner.call("field.create", parameters)
      let deal = try await company.owner.call(
        "deal.create", ["title": "Кухня", "pipeline": .integer(pipeline.id)])
      return Scene(company: company, pipeline: pipeline.id, deal: deal.id, field: made.id)
    }

    /// What is answered to a change that comes while a value is being written, which is done.
    func whileWriting(
      _ value: JSON, _ method: String, _ parameters: JSONObject
    ) async throws -> RPCError? {
      try await company.withHeld(
        TestCompany.heldCard, deal,
        first: {
          try await owner.call(
            "deal.update", ["id": .integer(deal), "fields": ["passport": value]])
        }, second: { try await owner.refusal(method, parameters) }
      ).1
    }

    var value: JSON? {
      get async throws {
        try await owner.call("deal.get", ["id": .integer(deal)])["fields"]?["passport"]
      }
    }
  }

  @Test("A field is not deleted over a value that is being written, unless that is said")
  func deletion() async throws {
    let scene = try await Scene.make()
    let refusal = try await scene.whileWriting(
      "4510", "field.delete", ["id": .integer(scene.field)])
    #expect(refusal?.kind == "conflict" && refusal?["cards"] == 1)
    #expect(try await scene.value == "4510")
  }

  @Test("A field that is deleted with its values takes those with it that are being written")
  func values() async throws {
    let scene = try await Scene.make()
    let refusal = try await scene.whileWriting(
      "4510", "field.delete", ["id": .integer(scene.field), "delete_values": true])
    #expect(refusal == nil)
    #expect(try await scene.value == nil)
    // Another field with the key has nothing of it.
    try await scene.owner.call(
      "field.create",
      ["for": "deal", "key": "passport", "name": "Номер", "type": "number", "filterable": true])
    let found = try await scene.owner.call(
      "deal.list", ["pipeline": .integer(scene.pipeline), "fields": ["passport": ["from": 1]]])
    #expect(found.items.isEmpty)
  }

  @Test("An option is not taken away from a card that is being given it")
  func options() async throws {
    let scene = try await Scene.make(["type": "choice", "choices": ["red", "blue"]])
    let change: JSONObject = ["id": .integer(scene.field), "choices": ["blue"]]
    let refusal = try await scene.whileWriting("red", "field.update", change)
    #expect(refusal?.kind == "conflict" && refusal?["cards"] == 1)
    #expect(try await scene.value == "red")
  }

  @Test("An option gets its new name on a card that is being given it")
  func renamed() async throws {
    let scene = try await Scene.make(["type": "choice", "choices": ["red", "blue"]])
    let change: JSONObject = ["id": .integer(scene.field), "rename_choices": ["red": "crimson"]]
    #expect(try await scene.whileWriting("red", "field.update", change) == nil)
    #expect(try await scene.value == "crimson")
  }

  @Test("A card that somebody is being given goes with the others when they are deactivated")
  func handOver() async throws {
    let scene = try await Scene.make()
    let (boris, vera) = (
      try await scene.company.user("boris"), try await scene.company.user("vera")
    )
    for user in [boris, vera] {
      try await scene.company.give(
        [.view], on: scene.pipeline, to: ["user": .integer(user.id)], cards: .own)
    }
    let (_, answer) = try await scene.company.withHeld(
      TestCompany.heldCard, scene.deal,
      first: {
        try await scene.owner.call(
          "deal.assign", ["id": .integer(scene.deal), "responsible": .integer(boris.id)])
      },
      second: {
        try await scene.owner.call(
          "user.deactivate",
          ["id": .integer(boris.id), "hand_over_to": ["user": .integer(vera.id)]])
      })
    #expect(answer["handed_over"] == 1)
    let deal = try await scene.owner.call("deal.get", ["id": .integer(scene.deal)])
    #expect(deal["responsible"] == .integer(vera.id))
  }

  @Test("Nobody who is deactivated beside many new deals and leads is left with one")
  func rush() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    let leaving = floor.generalSeller.id
    let pipeline = JSON.integer(floor.general.id)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          for _ in 0..<6 {
            // The later ones are refused: nobody gets a card who is gone.
            _ = try await owner.refusal(
              "deal.create",
              ["title": "Кухня", "pipeline": pipeline, "responsible": .integer(leaving)])
          }
        }
      }
      group.addTask {
        try await owner.call(
          "user.deactivate", ["id": .integer(leaving), "hand_over_to": ["user": 1]])
      }
      try await group.waitForAll()
    }
    let left = try await owner.call("deal.list", ["responsible": .integer(leaving)])
    #expect(left.items.isEmpty)
  }

  @Test("While one card's write stands still, others of the company go on; a change then waits")
  func besides() async throws {
    let scene = try await Scene.make()
    let other = try await scene.owner.call(
      "deal.create", ["title": "Шкаф", "pipeline": .integer(scene.pipeline)])
    let moved = try await scene.company.withHeld(
      TestCompany.heldCard, scene.deal,
      first: {
        try await scene.owner.call("deal.update", ["id": .integer(scene.deal), "title": "Стол"])
      },
      second: {
        try await scene.owner.call("deal.update", ["id": .integer(other.id), "title": "Стул"])
      })
    #expect(moved.0["title"] == "Стол" && moved.1["title"] == "Стул")
  }

  @Test("What comes while a change waits for a write is done after it, on what is true then")
  func behind() async throws {
    let scene = try await Scene.make()
    let other = try await scene.owner.call(
      "deal.create", ["title": "Шкаф", "pipeline": .integer(scene.pipeline)])
    let company = scene.company
    let (_, late) = try await company.withHeld(
      TestCompany.heldCard, scene.deal,
      first: {
        try await scene.owner.call("deal.update", ["id": .integer(scene.deal), "title": "Стол"])
      },
      second: {
        async let deletion = scene.owner.refusal("field.delete", ["id": .integer(scene.field)])
        async let write = scene.owner.refusal(
          "deal.update", ["id": .integer(other.id), "fields": ["passport": "4510"]])
        return (try await deletion, try await write)
      })
    // One of the two came first.
    let value = try await scene.owner.call("deal.get", ["id": .integer(other.id)])["fields"]
    if late.0 == nil {
      #expect(late.1?.kind == "invalid" && value == [:])
    } else {
      #expect(late.0?.kind == "conflict" && late.1 == nil && value == ["passport": "4510"])
    }
  }

  @Test("A log-out waits for no write")
  func logout() async throws {
    let scene = try await Scene.make()
    let user = try await scene.company.user("boris")
    _ = try await scene.company.withHeld(
      TestCompany.heldCard, scene.deal,
      first: {
        try await scene.owner.call("deal.update", ["id": .integer(scene.deal), "title": "Стол"])
      },
      second: { try await user.client.call("auth.logout", ["session": true]) })
  }
}
