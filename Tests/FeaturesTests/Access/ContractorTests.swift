internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("The outside contractor")
struct ContractorTests {
  @Test("Sees the lost cards of one pipeline and nothing else of the company, by any method")
  func sight() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    let contractor = try await floor.company.user("contractor")
    try await owner.call(
      "grant.give",
      [
        "pipeline": .integer(floor.general.id), "to": ["user": .integer(contractor.id)],
        "actions": ["view"], "cards": "all", "outcome": "lost",
      ])
    let lost = try await owner.call(
      "deal.create", ["pipeline": .integer(floor.general.id), "title": "Lost"])
    for pipeline in [floor.general, floor.services] {
      try await owner.call(
        "deal.create", ["pipeline": .integer(pipeline.id), "title": "Hidden"])
    }
    try await owner.call(
      "deal.assign", ["id": .integer(lost.id), "responsible": .integer(floor.generalSeller.id)])
    try await owner.call(
      "deal.lose",
      ["id": .integer(lost.id), "reason": try await floor.reason("loss"), "comment": "Because"])
    let client = contractor.client

    #expect(try await client.call("deal.list").ids == [lost.id])
    #expect(try await client.call("lead.list").ids == [])
    #expect(try await client.call("pipeline.list").ids == [floor.general.id])
    #expect(try await client.call("pipeline.list")["items"]?[0]?["actions"] == ["view"])
    // Themselves, and whoever is responsible for a card they see; no team.
    let people = try await client.call("user.list")
    #expect(Set(people.ids) == [contractor.id, floor.generalSeller.id])
    #expect(try await client.call("team.list").ids == [])
    let board = try await client.call("deal.board", ["pipeline": .integer(floor.general.id)])
    #expect(board["stages"]?.array?.compactMap { $0["count"]?.int64 }.reduce(0, +) == 1)
    let funnel = try await client.call("report.funnel", ["pipeline": .integer(floor.general.id)])
    #expect(funnel["totals"]?["created"] == 1)
    // Nothing of leads, nor of reasons for what they can't see.
    #expect(try await client.call("field.list", ["for": "lead"]).ids == [])
    let kinds = Set(try await client.call("reason.list").texts("kind"))
    #expect(kinds == ["loss", "invalid"])
    #expect(try await client.call("product.list").ids == [])

    for (method, parameters) in [
      ("usage.get", [:]), ("grant.list", [:]), ("access.matrix", [:]),
      ("deal.create", ["title": "X"]), ("contact.create", ["name": "X"]),
      ("deal.update", ["id": .integer(lost.id), "title": "X"]),
      ("deal.reopen", ["id": .integer(lost.id)]),
    ] as [(String, JSONObject)] {
      #expect(try await client.refusal(method, parameters)?.kind == "forbidden", "\(method)")
    }
    for (method, parameters) in [
      ("deal.board", ["pipeline": .integer(floor.services.id)]),
      ("report.funnel", ["pipeline": .integer(floor.leads.id)]),
      ("pipeline.get", ["id": .integer(floor.services.id)]),
      ("user.get", ["id": 1]), ("user.get", ["id": .integer(floor.first.id)]),
    ] as [(String, JSONObject)] {
      #expect(try await client.refusal(method, parameters)?.kind == "not_found", "\(method)")
    }
    let settings = try await client.call("settings.get")
    #expect(settings["plan"] == nil)
    // A control: the owner sees all of it.
    #expect(try await owner.call("pipeline.list").ids.count == 3)
    #expect(try await owner.call("settings.get")["plan"] != nil)
  }

  @Test("Without a pipeline named, a deal goes into the first one that the user may create in")
  func firstPipeline() async throws {
    let floor = try await SalesFloor.make()
    let seller = try await floor.company.user("creator")
    for pipeline in [floor.services, floor.general] {
      try await floor.company.owner.call(
        "grant.give",
        [
          "pipeline": .integer(pipeline.id), "to": ["user": .integer(seller.id)],
          "actions": ["create", "view"],
        ])
      let deal = try await seller.client.call("deal.create", ["title": "X"])
      #expect(deal["pipeline"] == .integer(pipeline.id))
    }
  }
}
