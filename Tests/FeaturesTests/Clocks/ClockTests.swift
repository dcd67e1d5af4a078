internal import JSON
internal import JSONRPC
internal import SalesRules
internal import TestSupport
internal import Testing

@Suite("Clocks of cards")
struct ClockTests {
  @Test("Stage, life and last touch count apart, and editing begins none of them anew")
  func apart() async throws {
    let scene = try await ClockScene.make()
    scene.pass(days: 10)
    #expect(try await scene.days() == [10, 10, 10])
    try await scene.owner.call("deal.update", ["id": scene.id, "title": "Шкаф"])
    scene.pass(days: 5)
    #expect(try await scene.days() == [15, 15, 15])
    try await scene.owner.call(
      "deal.move", ["id": scene.id, "stage": .integer(scene.pipeline.stage("B"))])
    scene.pass(days: 1)
    #expect(try await scene.days() == [1, 16, 1])
  }

  @Test("What is over is told: of the stage on lists and boards too, of the life with the clocks")
  func limits() async throws {
    let scene = try await ClockScene.make()
    scene.pass(days: 14)
    var clocks = try await scene.clocks()
    #expect(
      clocks["overstayed"] == false && clocks["dwell_limit_s"] == .integer(14 * ClockScene.day))
    #expect(clocks["life_limit_s"] == .integer(20 * ClockScene.day) && clocks["outlived"] == false)
    #expect(try await scene.item("deal.list")?["overstayed"] == nil)
    scene.company.installation.clock.advance(seconds: 1)
    #expect(try await scene.clocks()["overstayed"] == true)
    #expect(try await scene.item("deal.list")?["overstayed"] == true)
    #expect(try await scene.onBoard()?["overstayed"] == true)
    try await scene.owner.call(
      "deal.move", ["id": scene.id, "stage": .integer(scene.pipeline.stage("B"))])
    scene.pass(days: 6)
    clocks = try await scene.clocks()
    #expect(clocks["overstayed"] == false && clocks["dwell_limit_s"] == .null)
    #expect(clocks["outlived"] == true)
    #expect(try await scene.onBoard()?["overstayed"] == nil)
  }

  @Test(
    "A closed card's clocks stand, and the time for which it was closed does not count afterwards")
  func closing() async throws {
    let scene = try await ClockScene.make()
    let reason = try await scene.lossReason()
    scene.pass(days: 10)
    let closing: JSONObject = ["id": scene.id, "reason": reason, "comment": "Дорого"]
    try await scene.owner.call("deal.lose", closing)
    scene.pass(days: 8)
    #expect(try await scene.days() == [0, 10, 0])
    try await scene.owner.call("deal.reopen", ["id": scene.id])
    scene.pass(days: 3)
    #expect(try await scene.days() == [3, 13, 3])
    // And once more.
    try await scene.owner.call("deal.lose", closing)
    scene.pass(days: 7)
    try await scene.owner.call("deal.reopen", ["id": scene.id])
    #expect(try await scene.days() == [0, 13, 0])
    #expect(try await scene.clocks()["paused"] == .null)
    #expect(try await scene.item("deal.list", ["paused": true]) == nil)
  }

  @Test("Leads have clocks too; what comes of a card begins with its own, and is not paused")
  func successors() async throws {
    let scene = try await ClockScene.make()
    let owner = scene.owner
    let other = try await scene.company.pipeline("Аренда", stages: [["name": "A"]])
    let lead = try await owner.call("lead.create", ["title": "Кухня"])
    scene.pass(days: 5)
    let pause: JSONObject = ["id": lead["id"] ?? .null, "until": "2026-08-01", "reason": "Отпуск"]
    let paused = try await owner.call("card.pause", pause)
    #expect(paused["clocks"]?["paused"]?["reason"] == "Отпуск" && paused["kind"] == "lead")
    let shown = try await owner.call("lead.get", ["id": lead["id"] ?? .null])
    #expect(shown["clocks"] == paused["clocks"])
    #expect(shown["clocks"]?["life_s"] == .integer(5 * ClockScene.day))
    let converted = try await owner.call(
      "lead.convert",
      ["id": lead["id"] ?? .null, "pipeline": .integer(scene.pipeline.id)])
    let deal = try #require(converted["deal"]?["id"])
    var clocks = try await owner.call("deal.get", ["id": deal])["clocks"]
    #expect(clocks?["paused"] == .null && clocks?["life_s"] == 0)
    // The lead's pause has ended with it.
    let left = try await owner.call("lead.get", ["id": lead["id"] ?? .null])["clocks"]
    #expect(left?["paused"] == .null)
    #expect(try await owner.call("lead.list", ["paused": true]).items.isEmpty)
    var further = pause
    further["id"] = deal
    try await owner.call("card.pause", further)
    let copied = try await owner.call(
      "deal.copy",
      [
        "id": deal, "pipeline": .integer(other.id),
        "reason": try await owner.call("reason.create", ["kind": "win", "name": "Цена"])["id"]
          ?? .null,
      ])
    clocks = try await owner.call("deal.get", ["id": copied["deal"]?["id"] ?? .null])["clocks"]
    #expect(clocks?["paused"] == .null && clocks?["life_s"] == 0)
    #expect(try await owner.call("deal.list", ["paused": true]).items.isEmpty)
  }

  @Test("A pipeline's life limit is set, changed and taken away; nonsense is refused")
  func lifeLimit() async throws {
    let scene = try await ClockScene.make()
    let id = JSON.integer(scene.pipeline.id)
    #expect(scene.pipeline["life_limit"] == "P20D")
    let changed = try await scene.owner.call("pipeline.update", ["id": id, "life_limit": "P3M"])
    #expect(changed["life_limit"] == "P3M")
    // From the first of June: 30, 31 and 31 days.
    #expect(try await scene.clocks()["life_limit_s"] == .integer(92 * ClockScene.day))
    let kept = try await scene.owner.call("pipeline.update", ["id": id, "name": "Сервис"])
    #expect(kept["life_limit"] == "P3M")
    for nonsense in ["3 months", "P", "PT0S", "-P1D"] {
      let refusal = try await scene.owner.refusal(
        "pipeline.update", ["id": id, "life_limit": .string(nonsense)])
      #expect(refusal?.kind == "invalid_params", "\(nonsense)")
    }
    let cleared = try await scene.owner.call("pipeline.update", ["id": id, "life_limit": .null])
    #expect(cleared["life_limit"] == .null)
    #expect(try await scene.owner.call("pipeline.get", ["id": id])["life_limit"] == .null)
    #expect(try await scene.clocks()["life_limit_s"] == .null)
    // The ready pipeline for sales says S2's three months.
    #expect(try await scene.company.pipeline("Продажи")["life_limit"] == "P3M")
  }
}
