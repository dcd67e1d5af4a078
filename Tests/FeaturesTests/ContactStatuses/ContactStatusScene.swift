internal import JSON
internal import SalesRules
internal import TestSupport
internal import Testing

/// A company with the universal funnel and its statuses, and one deal in it.
struct ContactStatusScene {
  let company: TestCompany
  let funnel: JSON
  let deal: JSON

  var owner: TestClient { company.owner }
  var id: JSON { deal["id"] ?? .null }

  static func make() async throws -> ContactStatusScene {
    let company = try await TestInstallation.make().company()
    let funnel = try await company.owner.call(
      "pipeline.create", ["kind": "deal", "name": "Мебель", "template": "universal"])
    let deal = try await company.owner.call(
      "deal.create", ["pipeline": .integer(funnel.id), "title": "Кухня"])
    return ContactStatusScene(company: company, funnel: funnel, deal: deal)
  }

  func stage(_ name: String) -> JSON { .integer(funnel.stage(name)) }

  /// The id of a status by its name.
  func status(_ name: String) async throws -> JSON {
    let list = try await owner.call("contact_status.list", ["inactive": true])
    return try #require(list.items.first { $0["name"]?.string == name }?["id"])
  }

  func reason(_ kind: String) async throws -> JSON {
    let list = try await owner.call("reason.list", ["kind": .string(kind)])
    return try #require(list.items.first?["id"])
  }

  func read() async throws -> JSON { try await owner.call("deal.get", ["id": id]) }

  func history() async throws -> [JSON] {
    try await owner.call("deal.history", ["id": id]).items
  }

  /// The moment so many seconds from now.
  func time(_ seconds: Int64 = 0) -> JSON {
    .string(company.installation.clock.now.adding(seconds: seconds).description)
  }

  /// The deal is lost.
  func lose() async throws {
    try await owner.call(
      "deal.lose", ["id": id, "reason": try await reason("loss"), "comment": "Дорого"])
  }

  /// The owner, later: sessions end meanwhile.
  func later(days: Int64) async throws -> TestClient {
    company.installation.clock.advance(seconds: days * 86_400)
    return try await company.installation.login("mebel", "owner@mebel.example")
  }
}
