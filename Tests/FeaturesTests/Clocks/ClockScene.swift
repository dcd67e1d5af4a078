internal import JSON
internal import SalesRules
internal import TestSupport
internal import Testing

/// A company with a pipeline of limits, and one deal in it.
struct ClockScene {
  static let day: Int64 = 86_400

  let company: TestCompany
  let pipeline: JSON
  let deal: Int64
  let user: Int64

  var owner: TestClient { company.owner }
  var id: JSON { .integer(deal) }
  var now: Timestamp { company.installation.clock.now }

  static func make() async throws -> ClockScene {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.owner.call(
      "pipeline.create",
      [
        "kind": "deal", "name": "Услуги", "life_limit": "P20D",
        "stages": [["name": "A", "dwell_limit": "P14D"], ["name": "B"]],
      ])
    let deal = try await company.owner.call(
      "deal.create", ["title": "Кухня", "pipeline": .integer(pipeline.id)])
    let user = try await company.owner.call("auth.whoami")["principal"]?["user"]?.id
    return ClockScene(
      company: company, pipeline: pipeline, deal: deal.id, user: try #require(user))
  }

  func pass(days: Int64) {
    company.installation.clock.advance(seconds: days * Self.day)
  }

  /// A moment in so many days.
  func later(days: Int64) -> JSON {
    .string(now.adding(seconds: days * Self.day).description)
  }

  @discardableResult
  func pause(days: Int64, _ reason: String = "Client on holiday") async throws -> JSON {
    try await owner.call(
      "card.pause", ["id": id, "until": later(days: days), "reason": .string(reason)])
  }

  func clocks() async throws -> JSON {
    try #require(try await owner.call("deal.get", ["id": id])["clocks"])
  }

  /// The clocks in days.
  func days() async throws -> [Int64] {
    let clocks = try await clocks()
    return ["in_stage_s", "life_s", "silence_s"].map { (clocks[$0]?.int64 ?? -1) / Self.day }
  }

  func item(_ method: String, _ params: JSONObject = [:]) async throws -> JSON? {
    try await owner.call(method, params).items.first { $0.id == deal }
  }

  func onBoard() async throws -> JSON? {
    let board = try await owner.call("deal.board", ["pipeline": .integer(pipeline.id)])
    return (board["stages"]?.array ?? []).flatMap { $0["cards"]?.array ?? [] }
      .first { $0.id == deal }
  }

  func lossReason() async throws -> JSON {
    try await owner.call("reason.create", ["kind": "loss", "name": "Дорого"])["id"] ?? .null
  }

  func neglected() async throws -> [Int64] {
    let day = try await owner.call("activity.my_day")
    return (day["neglected"]?["items"]?.array ?? []).compactMap { $0["card"]?.id }
  }
}
