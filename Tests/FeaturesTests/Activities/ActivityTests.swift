internal import JSON
internal import JSONRPC
internal import SalesRules
internal import TestSupport
internal import Testing

@Suite("Activities")
struct ActivityTests {
  private struct Scene {
    let company: TestCompany
    let pipeline: JSON
    let card: Int64

    var owner: TestClient { company.owner }

    static func make() async throws -> Scene {
      let company = try await TestInstallation.make().company()
      let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"], ["name": "B"]])
      let owner = try await company.owner.call("auth.whoami")["principal"]?["user"]?.id
      return Scene(
        company: company, pipeline: pipeline,
        card: try await company.card(in: pipeline.stage("A"), responsible: owner))
    }

    /// The moment so many seconds from now.
    func time(_ seconds: Int64) -> JSON {
      .string(company.installation.clock.now.adding(seconds: seconds).description)
    }

    func plan(_ type: JSON = "call", in seconds: Int64 = 3600) async throws -> JSON {
      try await owner.call(
        "activity.plan", ["card": .integer(card), "type": type, "due_at": time(seconds)])
    }

    func deal() async throws -> JSON {
      try await owner.call("deal.get", ["id": .integer(card)])
    }

    func states() async throws -> [String] {
      try await owner.call("activity.list", ["card": .integer(card)]).texts("state")
    }
  }

  @Test("What is planned is overdue when its time is over, and the card tells the nearest of it")
  func plannedAndOverdue() async throws {
    let scene = try await Scene.make()
    let meeting = try await scene.plan("meeting", in: 7200)
    let call = try await scene.plan(in: 60)
    #expect(call["overdue"] == false && call["responsible"] != .null && call["state"] == "planned")
    #expect(try await scene.deal()["next_activity"]?["id"] == call["id"])
    scene.company.installation.clock.advance(seconds: 61)
    let later = try await scene.owner.call("activity.get", ["id": call["id"] ?? .null])
    #expect(later["overdue"] == true && later["version"] == call["version"])
    let board = try await scene.owner.call("deal.board", ["pipeline": .integer(scene.pipeline.id)])
    let next = try #require(board["stages"]?[0]?["cards"]?[0]?["next_activity"])
    #expect(
      next == [
        "id": call["id"] ?? .null, "type": "call", "due_at": call["due_at"] ?? .null,
        "overdue": true,
      ])
    try await scene.owner.call("activity.cancel", ["id": call["id"] ?? .null, "comment": "Зря"])
    #expect(try await scene.deal()["next_activity"]?["id"] == meeting["id"])
    try await scene.owner.call("activity.cancel", ["id": meeting["id"] ?? .null])
    #expect(try await scene.deal()["next_activity"] == nil)
  }

  @Test("Done in one step with the next one; the card is touched and remains at its version")
  func complete() async throws {
    let scene = try await Scene.make()
    let call = try await scene.plan()
    let before = try await scene.deal()
    scene.company.installation.clock.advance(seconds: 30)
    let done = try await scene.owner.call(
      "activity.complete",
      [
        "id": call["id"] ?? .null, "outcome": "Думает", "if_version": 1,
        "next": ["type": "email", "due_at": scene.time(86_400), "subject": "Предложение"],
      ])
    #expect(done["state"] == "done" && done["outcome"] == "Думает" && done["version"] == 2)
    #expect(done["done_at"] == scene.time(0))
    #expect(done["next"]?["type"] == "email" && done["next"]?["state"] == "planned")
    let after = try await scene.deal()
    #expect(after["touched_at"] == scene.time(0) && after["version"] == before["version"])
    #expect(after["next_activity"]?["id"] == done["next"]?["id"])
    for method in ["activity.complete", "activity.cancel", "activity.update"] {
      let refusal = try await scene.owner.refusal(method, ["id": call["id"] ?? .null])
      #expect(refusal?.kind == "conflict", "\(method)")
    }
    let refusal = try await scene.owner.refusal(
      "activity.update", ["id": done["next"]?["id"] ?? .null, "if_version": 7, "subject": "X"])
    #expect(refusal?.kind == "conflict")
  }

  @Test("A missed call takes the planned one for tried, plans the next, and moves no card")
  func missedCall() async throws {
    let scene = try await Scene.make()
    let planned = try await scene.plan()
    let stage = try await scene.deal()["stage"]
    let missed = try await scene.owner.call(
      "activity.missed_call", ["card": .integer(scene.card)])
    #expect(missed["id"] == planned["id"] && missed["outcome"] == "missed")
    #expect(missed["next"]?["due_at"] == scene.time(7200) && missed["next"]?["type"] == "call")
    let again = try await scene.owner.call(
      "activity.call_back", ["card": .integer(scene.card), "at": scene.time(600)])
    #expect(again["id"] == missed["next"]?["id"] && again["outcome"] == "call_back")
    try await scene.owner.call(
      "activity.cancel", ["id": again["next"]?["id"] ?? .null])
    // None is planned: a call is recorded.
    let fresh = try await scene.owner.call(
      "activity.missed_call", ["card": .integer(scene.card), "retry_at": scene.time(60)])
    #expect(fresh["state"] == "done" && fresh["next"]?["due_at"] == scene.time(60))
    #expect(try await scene.states() == ["done", "done", "cancelled", "done", "planned"])
    #expect(try await scene.deal()["stage"] == stage)
  }

  @Test("The next call after a missed one is not planned for a moment that is over")
  func pastRetry() async throws {
    let scene = try await Scene.make()
    let card: JSON = .integer(scene.card)
    for (verb, member) in [("missed_call", "retry_at"), ("call_back", "at")] {
      let refusal = try await scene.owner.refusal(
        "activity.\(verb)", ["card": card, member: scene.time(-1)])
      #expect(refusal?.code == 1022 && refusal?["fields"]?[0]?["path"] == .string(member))
    }
    #expect(try await scene.states().isEmpty)
    for (verb, member) in [("missed_call", "retry_at"), ("call_back", "at")] {
      try await scene.owner.call("activity.\(verb)", ["card": card, member: scene.time(0)])
    }
  }

  @Test("What comes in waits until an outgoing activity is done; a missed call is no answer")
  func incoming() async throws {
    let scene = try await Scene.make()
    let card: JSON = .integer(scene.card)
    let came = try await scene.owner.call(
      "activity.record_incoming", ["card": card, "type": "message", "subject": "Сколько стоит?"])
    #expect(came["answered"] == false && came["direction"] == "incoming")
    func isAnswered() async throws -> JSON? {
      try await scene.owner.call("activity.get", ["id": came["id"] ?? .null])["answered"]
    }
    func waiting() async throws -> JSON? {
      try await scene.owner.call("activity.my_day")["incoming"]?["count"]
    }
    try await scene.owner.call("activity.missed_call", ["card": card])
    #expect(try await isAnswered() == false)
    #expect(try await waiting() == 1)
    let next = try await scene.deal()["next_activity"]?["id"]
    try await scene.owner.call("activity.complete", ["id": next ?? .null])
    #expect(try await isAnswered() == true)
    #expect(try await waiting() == 0)
    let atOnce = try await scene.owner.call(
      "activity.record_incoming", ["card": card, "type": "call", "answered": true])
    #expect(atOnce["answered"] == true)
    let refusal = try await scene.owner.refusal(
      "activity.record_incoming", ["card": card, "type": "call", "at": scene.time(60)])
    #expect(refusal?.kind == "invalid")
  }

  @Test("Closing a card cancels what is planned there; a closed card takes new plans")
  func closing() async throws {
    let scene = try await Scene.make()
    _ = try await scene.plan()
    let reason = try await scene.owner.call("reason.create", ["kind": "loss", "name": "Дорого"])
    try await scene.owner.call(
      "deal.lose",
      ["id": .integer(scene.card), "reason": reason["id"] ?? .null, "comment": "Дорого"])
    #expect(try await scene.states() == ["cancelled"])
    let again = try await scene.plan(in: 30 * 86_400)
    #expect(try await scene.deal()["next_activity"]?["id"] == again["id"])
  }

  @Test(
    "With a lead that is converted goes what is planned, to whoever is responsible for the deal")
  func conversion() async throws {
    let floor = try await SalesFloor.make()
    let lead = try await floor.lead()
    let first = floor.first.client
    let params: JSONObject = ["card": lead["id"] ?? .null, "type": "call"]
    var planned = params
    planned["due_at"] = "2030-01-01T00:00:00Z"
    planned["responsible"] = .integer(floor.first.id)
    let call = try await first.call("activity.plan", planned)
    try await first.call("activity.record_incoming", params)
    let made = try await first.call(
      "lead.convert", ["id": lead["id"] ?? .null, "pipeline": floor.services["id"] ?? .null])
    let deal = try #require(made["deal"]?["id"])
    let carried = try await floor.servicesSeller.client.call("activity.list", ["card": deal])
    #expect(carried.items.map { $0["id"] }.first == call["id"])
    #expect(carried.texts("state") == ["planned", "done"])
    #expect(carried.items[0]["responsible"] == .integer(floor.servicesSeller.id))
    #expect(
      try await first.refusal("activity.get", ["id": call["id"] ?? .null])?.kind == "not_found")
    #expect(
      try await first.call("activity.list", ["card": lead["id"] ?? .null]).items == [])
  }

  @Test(
    "Who only looks plans nothing and completes nothing; who does not see the card finds nothing")
  func rights() async throws {
    let scene = try await Scene.make()
    let call = try await scene.plan()
    let looker = try await scene.company.member(
      "looker", .init(pipeline: scene.pipeline.id, actions: ["view"]))
    let outsider = try await scene.company.user("outsider")
    let calls: [(String, JSONObject)] = [
      ("activity.plan", ["card": .integer(scene.card), "type": "call", "due_at": scene.time(1)]),
      ("activity.complete", ["id": call["id"] ?? .null]),
      ("activity.update", ["id": call["id"] ?? .null, "subject": "X"]),
      ("activity.cancel", ["id": call["id"] ?? .null]),
      ("activity.missed_call", ["card": .integer(scene.card)]),
      ("activity.call_back", ["card": .integer(scene.card), "at": scene.time(1)]),
      ("activity.record_incoming", ["card": .integer(scene.card), "type": "call"]),
    ]
    for (method, params) in calls {
      let refusal = try await looker.client.refusal(method, params)
      #expect(refusal?.kind == "forbidden" && refusal?["needs"] == "edit", "\(method)")
      #expect(try await outsider.client.refusal(method, params)?.kind == "not_found", "\(method)")
    }
    #expect(
      try await looker.client.call("activity.list", ["card": .integer(scene.card)]).items.count == 1
    )
    let mover = try await scene.company.member(
      "mover", .init(pipeline: scene.pipeline.id, actions: ["view", "move"]))
    try await mover.client.call("activity.complete", ["id": call["id"] ?? .null])
    let refusal = try await scene.owner.refusal(
      "activity.plan",
      [
        "card": .integer(scene.card), "type": "task", "due_at": scene.time(1),
        "responsible": .integer(outsider.id),
      ])
    #expect(refusal?.kind == "invalid")
  }

  @Test("Of eight who complete one activity at once one does")
  func once() async throws {
    let scene = try await Scene.make()
    let call = try await scene.plan()
    let kinds = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<8 {
        group.addTask {
          try await scene.owner.refusal("activity.complete", ["id": call["id"] ?? .null])?.kind
            ?? "done"
        }
      }
      return try await group.reduce(into: [String]()) { $0.append($1) }
    }
    #expect(kinds.filter { $0 == "done" }.count == 1)
    #expect(kinds.filter { $0 == "conflict" }.count == 7)
  }

  @Test("What a person was to do goes back to the card's responsible when they are deactivated")
  func deactivation() async throws {
    let scene = try await Scene.make()
    let helper = try await scene.company.member(
      "helper", .init(pipeline: scene.pipeline.id, actions: ["view", "edit"]))
    let call = try await scene.owner.call(
      "activity.plan",
      [
        "card": .integer(scene.card), "type": "call", "due_at": scene.time(60),
        "responsible": .integer(helper.id),
      ])
    #expect(call["responsible"] == .integer(helper.id))
    try await scene.owner.call("user.deactivate", ["id": .integer(helper.id)])
    let after = try await scene.owner.call("activity.get", ["id": call["id"] ?? .null])
    #expect(after["responsible"] == (try await scene.deal()["responsible"]))
  }
}
