internal import JSON
internal import TestSupport
internal import Testing

/// A company as S1 tells of it: a first line that sees leads, and two directions with a senior each.
struct SalesFloor {
  let company: TestCompany
  let leads: JSON
  let general: JSON
  let services: JSON
  let first: (id: Int64, client: TestClient)
  let generalSeller: (id: Int64, client: TestClient)
  let servicesSeller: (id: Int64, client: TestClient)

  static func make() async throws -> SalesFloor {
    let company = try await TestInstallation.make().company(template: "first_line_and_seniors")
    let pipelines = try #require(
      try await company.owner.call("pipeline.list")["items"]?.array)
    let teams = try #require(try await company.owner.call("team.list")["items"]?.array)
    let ids = try teams.map { try #require($0["id"]?.int64) }
    let kinds = teams.compactMap { $0["kind"]?.string }
    try #require(kinds == ["first_line", "senior", "senior"])
    return SalesFloor(
      company: company, leads: pipelines[0], general: pipelines[1], services: pipelines[2],
      first: try await company.user("first", teams: [ids[0]]),
      generalSeller: try await company.user("general", teams: [ids[1]]),
      servicesSeller: try await company.user("services", teams: [ids[2]]))
  }

  /// The id of a pipeline's stage, from 0.
  func stage(_ index: Int, of pipeline: JSON) -> JSON {
    pipeline["stages"]?[index]?["id"] ?? .null
  }

  /// A lead of the first line's.
  func lead(_ title: String = "Кухня", _ more: JSONObject = [:]) async throws -> JSON {
    var parameters: JSONObject = [
      "title": .string(title), "contact": ["name": "Пётр", "phone": "+7 916 123-45-67"],
    ]
    for member in more.members { parameters[member.name] = member.value }
    return try await first.client.call("lead.create", parameters)
  }

  /// The first reason of a kind.
  func reason(_ kind: String) async throws -> JSON {
    let reasons = try await company.owner.call("reason.list", ["kind": .string(kind)])
    return try #require(reasons["items"]?[0]?["id"])
  }
}
