internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@testable internal import Features

@Suite("Lists of cards by when they were closed")
struct ClosingPeriodTests {
  private struct Scene {
    let company: TestCompany
    /// Lost at noon of the first of June in Moscow, in its last second, and won with the second.
    let noon: Int64
    let last: Int64
    let second: Int64

    static func make() async throws -> Scene {
      let company = try await TestInstallation.make().company()
      try await company.owner.call("settings.update", ["timezone": "Europe/Moscow"])
      let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"]])
      let clock = company.installation.clock
      var deals: [Int64] = []
      for _ in 0..<4 {
        deals.append(
          try await company.owner.call(
            "deal.create", ["title": "Кухня", "pipeline": .integer(pipeline.id)]
          ).id)
      }
      for (deal, verb, wait) in [
        (deals[0], "lose", 43_199), (deals[1], "lose", 1), (deals[2], "win", 0),
      ] as [(Int64, String, Int64)] {
        let reason = try await company.owner.call(
          "reason.create",
          ["kind": .string(verb == "win" ? "win" : "loss"), "name": .string("R\(deal)")]
        ).id
        try await company.owner.call(
          "deal.\(verb)",
          ["id": .integer(deal), "reason": .integer(reason), "comment": "Так"])
        clock.advance(seconds: wait)
      }
      return Scene(company: company, noon: deals[0], last: deals[1], second: deals[2])
    }

    func list(_ more: JSONObject) async throws -> [Int64] {
      try await company.owner.call("deal.list", more).ids
    }
  }

  @Test("Days are the company's own, both with all that was closed on them; open cards are in none")
  func days() async throws {
    let scene = try await Scene.make()
    let first: JSON = "2026-06-01"
    let second: JSON = "2026-06-02"
    #expect(try await scene.list(["closed_from": first]) == [scene.second, scene.last, scene.noon])
    #expect(try await scene.list(["closed_from": second]) == [scene.second])
    #expect(try await scene.list(["closed_to": first]) == [scene.last, scene.noon])
    #expect(
      try await scene.list(["closed_from": first, "closed_to": first]) == [scene.last, scene.noon])
    #expect(
      try await scene.list(["closed_from": first, "closed_to": second, "outcome": "won"])
        == [scene.second])
    #expect(try await scene.list(["closed_from": "2026-06-03"]).isEmpty)
    #expect(try await scene.list(["closed_to": second, "outcome": "open"]).isEmpty)
    #expect(try await scene.list([:]).count == 4)
  }

  @Test("Moments are exact: from the one on, and before the other; pages go on under them")
  func moments() async throws {
    let scene = try await Scene.make()
    let noon: JSON = "2026-06-01T12:00:00+03:00"
    let midnight: JSON = "2026-06-02T00:00:00+03:00"
    #expect(
      try await scene.list(["closed_from": noon, "closed_to": midnight])
        == [scene.last, scene.noon])
    #expect(
      try await scene.list(["closed_from": "2026-06-01", "closed_to": noon]).isEmpty)
    #expect(try await scene.list(["closed_from": midnight]) == [scene.second])
    let page = try await scene.company.owner.call(
      "deal.list", ["closed_from": noon, "closed_to": midnight, "limit": 1])
    #expect(page.ids == [scene.last])
    #expect(
      try await scene.list(
        [
          "closed_from": noon, "closed_to": midnight, "limit": 1,
          "after": page["next"] ?? .null,
        ]) == [scene.noon])
    // A cursor belongs to the list that gave it.
    let other = try await scene.company.owner.refusal(
      "deal.list", ["closed_from": noon, "limit": 1, "after": page["next"] ?? .null])
    #expect(other?.kind == "invalid_params" || other?.kind == "invalid")
  }

  @Test("A period that ends before it begins is refused, and so is what is neither day nor moment")
  func refusals() async throws {
    let company = try await TestInstallation.make().company()
    for noun in ["deal", "lead"] {
      let backward = try await company.owner.refusal(
        "\(noun).list", ["closed_from": "2026-06-02", "closed_to": "2026-05-31"])
      #expect(backward?.kind == "invalid")
      #expect(
        backward?["fields"]?.array?.compactMap { $0["path"]?.string } == [
          "closed_from", "closed_to",
        ])
      let nonsense = try await company.owner.refusal("\(noun).list", ["closed_to": "yesterday"])
      #expect(nonsense?.kind == "invalid_params")
      let end = try await company.owner.refusal("\(noun).list", ["closed_to": "9999-12-31"])
      #expect(end?.kind == "invalid")
    }
  }

  @Test("Leads are listed so too, and a member's list has what they see")
  func leads() async throws {
    let company = try await TestInstallation.make().company()
    let leads = try await company.owner.call("pipeline.list", ["kind": "lead"]).items[0]
    let lead = try await company.owner.call("lead.create", ["title": "Запрос"]).id
    let reason = try await company.owner.call(
      "reason.create", ["kind": "loss", "name": "Дорого"]
    ).id
    try await company.owner.call(
      "lead.lose", ["id": .integer(lead), "reason": .integer(reason), "comment": "Так"])
    let member = try await company.member(
      "b", .init(pipeline: leads.id, actions: ["view"], cards: "own"))
    let asked: JSONObject = ["closed_from": "2026-06-01", "closed_to": "2026-06-01"]
    #expect(try await company.owner.call("lead.list", asked).ids == [lead])
    #expect(try await member.client.call("lead.list", asked).ids.isEmpty)
  }
}
