internal import JSON
internal import Postgres
internal import TestSupport

@testable internal import Features

/// A company whose clock stands years before the database's, so that the database takes its word for what
/// is old.
struct RetentionScene {
  let company: TestCompany
  let pipeline: JSON

  static func make(_ retention: JSON) async throws -> RetentionScene {
    let installation = try await TestInstallation.make()
    installation.clock.advance(seconds: -1500 * 86_400)
    let company = try await installation.company()
    try await company.operatorClient.call(
      "plan.update", ["code": .string(company.slug), "retention": retention])
    return RetentionScene(company: company, pipeline: try await company.pipeline("Sales"))
  }

  func pass(days: Int64 = 0, hours: Int64 = 0) {
    company.installation.clock.advance(seconds: days * 86_400 + hours * 3600)
  }

  func clearAway() async throws {
    try await company.installation.dispatcher.clearAway()
  }

  /// The company's owner after so long that the session has ended.
  func owner() async throws -> TestClient {
    try await company.installation.login(company.slug, "owner@\(company.slug).example")
  }

  func count(_ statement: Statement) async throws -> Int64 {
    try await company.query(statement, .integer(company.id))[0].integer(0)
  }

  /// Runs statements past all policies.
  func tamper(_ script: String) async throws {
    let database = company.installation.database
    try await database.connected(as: database.superuser) {
      _ = try await $0.executeScript("set search_path to voronka; " + script)
    }
  }
}
