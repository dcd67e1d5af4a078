internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("The life of leads and deals")
struct CardLifeTests {
  /// A company with two directions, and the first of them.
  private func company() async throws -> (TestCompany, pipeline: Int64, stages: [JSON]) {
    let installation = try await TestInstallation.make()
    let company = try await installation.company(template: "first_line_and_seniors")
    let pipelines = try await company.owner.call("pipeline.list")
    let general = try #require(pipelines["items"]?.array?.first { $0["kind"] == "deal" })
    return (
      company, try #require(general["id"]?.int64), try #require(general["stages"]?.array)
    )
  }

  @Test("A deal is created, read, moved, won, and its history tells it all")
  func life() async throws {
    let (company, pipeline, stages) = try await company()
    let owner = company.owner
    let created = try await owner.call(
      "deal.create",
      [
        "pipeline": .integer(pipeline), "title": "Кухня \"на заказ\"",
        "amount": ["amount": "250000.5", "currency": "RUB"], "source": "site form",
        "contact": ["name": "Пётр", "phone": "8 916 123-45-67"],
      ])
    #expect(created["amount"]?["amount"] == "250000.50")
    let id = try #require(created["id"])
    // What was computed and what is read from the row are the same.
    #expect(try await owner.call("deal.get", ["id": id]).withoutClocks == created)
    company.installation.clock.advance(seconds: 3600)
    let moved = try await owner.call("deal.move", ["id": id, "stage": stages[1]["id"] ?? .null])
    #expect(try await owner.call("deal.get", ["id": id]).withoutClocks == moved)
    #expect(moved["version"] == 2)
    let refusal = try await owner.refusal("deal.win", ["id": id])
    #expect(refusal?.kind == "stage_rule")
    let reasons = try await owner.call("reason.list")
    let reason = try #require(reasons["items"]?.array?.first { $0["kind"] == "win" }?["id"])
    let won = try await owner.call("deal.win", ["id": id, "reason": reason])
    #expect(won["outcome"] == "won")
    #expect(try await owner.call("deal.get", ["id": id]).withoutClocks == won)
    let history = try await owner.call("deal.history", ["id": id])
    #expect(
      history["items"]?.array?.compactMap { $0["change"]?.string } == ["created", "moved", "won"])
    #expect(history["items"]?[1]?["details"]?["stayed_s"] == 3600)
  }

  @Test(
    "Why a deal was lost is told by its history after it was taken up again, until it is erased")
  func comments() async throws {
    let (company, pipeline, _) = try await company()
    let owner = company.owner
    let deal = try await owner.call(
      "deal.create",
      [
        "title": "Кухня", "pipeline": .integer(pipeline),
        "contact": ["name": "Пётр", "phone": "+7 916 123-45-67"],
      ])
    let id = JSON.integer(deal.id)
    let reasons = try await owner.call("reason.list", ["kind": "loss"])
    try await owner.call(
      "deal.lose",
      ["id": id, "reason": reasons["items"]?[0]?["id"] ?? .null, "comment": "Пётр уехал"])
    let statuses = try await owner.call("contact_status.list")
    try await owner.call(
      "deal.reopen", ["id": id, "last_contact": statuses["items"]?[0]?["id"] ?? .null])
    #expect(try await owner.call("deal.get", ["id": id])["comment"] == .null)
    let told = { () async throws -> JSON? in
      let history = try await owner.call("deal.history", ["id": id])
      return history.items.first { $0["change"] == "lost" }?["details"]?["comment"]
    }
    #expect(try await told() == "Пётр уехал")
    try await owner.call("contact.erase", ["id": deal["contact"] ?? .null])
    let erased = try #require(try await told()?.string)
    #expect(erased.hasSuffix("уехал") && !erased.contains("Пётр"))
  }
}
