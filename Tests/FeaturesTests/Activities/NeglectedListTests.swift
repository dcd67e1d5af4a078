internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("Lists of neglected cards")
struct NeglectedListTests {
  @Test("Lists and boards give the open cards for which nothing is planned, or all the others")
  func neglected() async throws {
    let scene = try await ClockScene.make()
    let owner = scene.owner
    let pipeline = JSON.integer(scene.pipeline.id)
    func deal(_ title: String) async throws -> JSON {
      .integer(
        try await owner.call("deal.create", ["title": .string(title), "pipeline": pipeline]).id)
    }
    let nobodys = try await deal("Ничья")
    try await owner.call("deal.assign", ["id": nobodys, "responsible": .null])
    let (planned, paused, closed) = (
      try await deal("С планом"), try await deal("На паузе"), try await deal("Закрыта")
    )
    try await owner.call(
      "activity.plan", ["card": planned, "type": "call", "due_at": scene.later(days: 1)])
    try await owner.call(
      "card.pause", ["id": paused, "until": scene.later(days: 2), "reason": "Отпуск"])
    try await owner.call(
      "deal.lose", ["id": closed, "reason": try await scene.lossReason(), "comment": "Дорого"])
    func list(_ more: JSONObject) async throws -> [JSON] {
      var params = more
      params["pipeline"] = pipeline
      return try await owner.call("deal.list", params).items.compactMap { $0["id"] }
    }
    #expect(try await list(["neglected": true]) == [nobodys, scene.id])
    #expect(try await list(["neglected": false]) == [closed, paused, planned])
    #expect(
      try await list(["neglected": true, "responsible": .integer(scene.user)]) == [scene.id])
    #expect(try await list(["neglected": true, "paused": false]) == [nobodys, scene.id])
    #expect(try await list(["neglected": false, "paused": true]) == [paused])
    // Page by page, from a board on.
    let board = try await owner.call(
      "deal.board", ["pipeline": pipeline, "neglected": true, "limit": 1])
    let stage = board["stages"]?[0]
    #expect(stage?["count"] == 2 && stage?["cards"]?[0]?["id"] == nobodys)
    let rest = try await owner.call(
      "deal.list",
      [
        "stage": stage?["stage"] ?? .null, "neglected": true, "after": stage?["next"] ?? .null,
      ])
    #expect(rest.items.map { $0["id"] } == [scene.id])
    let others = try await owner.call(
      "deal.board", ["pipeline": pipeline, "neglected": false])
    #expect(others["stages"]?.array?.compactMap { $0["count"]?.int64 }.reduce(0, +) == 3)
    // The pause ends by itself, and what was planned is done.
    scene.pass(days: 3)
    #expect(try await list(["neglected": true]) == [paused, nobodys, scene.id])
    let next = try await owner.call("deal.get", ["id": planned])["next_activity"]?["id"]
    try await owner.call("activity.complete", ["id": next ?? .null])
    #expect(try await list(["neglected": true]) == [paused, planned, nobodys, scene.id])
    let lead = try await owner.call("lead.create", ["title": "Заявка"])
    #expect(try await owner.call("lead.list", ["neglected": true]).ids == [lead.id])
  }
}
