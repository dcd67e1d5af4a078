internal import Postgres
internal import TestSupport

/// What becomes of a statement of the application's role with a context made by hand.
enum DirectSQLOutcome {
  /// The SQLSTATE it fails with; nil where it succeeds.
  static func state(
    _ company: TestCompany, settings: [String: String] = ["everything": "on"], _ script: String
  ) async throws -> String? {
    var context = "select set_config('voronka.tenant_id', '\(company.id)', true)"
    for (name, value) in settings {
      context += ", set_config('voronka.\(name)', '\(value)', true)"
    }
    let database = company.installation.database
    return try await database.connected(as: database.application) { connection in
      do {
        _ = try await connection.executeScript("\(context);\n\(script)")
        return nil
      } catch let error as PostgresError {
        return error.sqlState?.rawValue ?? "\(error.kind)"
      }
    }
  }
}
