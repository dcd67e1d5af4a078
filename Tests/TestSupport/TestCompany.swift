public import JSON

/// A company under test and its people.
public struct TestCompany: Sendable {
  /// Everybody's password.
  public static let password = "correct horse battery"

  /// Where it lives.
  public let installation: TestInstallation
  /// Its slug.
  public let slug: String
  /// Its number.
  public let id: Int64
  /// Its owner, logged in.
  public let owner: TestClient
  /// The operator, logged in.
  public let operatorClient: TestClient

  /// A new user, logged in.
  public func user(
    _ name: String, role: String = "member", teams: [Int64] = []
  ) async throws -> (id: Int64, client: TestClient) {
    let email = "\(name)@\(slug).example"
    let created = try await owner.call(
      "user.create",
      [
        "email": .string(email), "name": .string(name), "password": .string(Self.password),
        "role": .string(role), "teams": .array(teams.map { .integer($0) }),
      ])
    return (created["id"]?.int64 ?? 0, try await installation.login(slug, email))
  }

  /// A new team.
  public func team(
    _ name: String, kind: String = "senior", parent: Int64? = nil
  ) async throws -> Int64 {
    var parameters: JSONObject = ["name": .string(name), "kind": .string(kind)]
    if let parent { parameters["parent"] = .integer(parent) }
    return try await owner.call("team.create", parameters)["id"]?.int64 ?? 0
  }

  /// A new deal pipeline, from the template `sales` unless stages are given; the whole of it.
  public func pipeline(_ name: String, stages: JSON? = nil) async throws -> JSON {
    var parameters: JSONObject = ["kind": "deal", "name": .string(name)]
    if let stages { parameters["stages"] = stages } else { parameters["template"] = "sales" }
    return try await owner.call("pipeline.create", parameters)
  }
}
