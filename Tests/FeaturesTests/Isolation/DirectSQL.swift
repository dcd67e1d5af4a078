internal import Postgres
internal import TestSupport

/// Statements of an attacker who has taken over the application's role in the database.
struct DirectSQL {
  let scene: IsolationScene

  /// What came of a script.
  struct Outcome: Equatable {
    /// The first column of each statement's rows.
    var columns: [[String]] = []
    var state: String?
    var constraint: String?
  }

  var ours: Int64 { scene.company.id }
  var theirs: Int64 { scene.otherCompany.id }

  /// Sets a whole context by hand, as an owner's request would.
  func context(_ tenant: String) -> String {
    "select set_config('voronka.tenant_id', '\(tenant)', true), "
      + "set_config('voronka.user_id', '1', true), set_config('voronka.everything', 'on', true);\n"
  }

  /// Runs a script in one transaction as the application's role.
  func run(_ script: String) async throws -> Outcome {
    let database = scene.company.installation.database
    return try await database.connected(as: database.application) { connection in
      try await Self.run(script, on: connection)
    }
  }

  static func run(_ script: String, on connection: DedicatedConnection) async throws -> Outcome {
    do {
      let results = try await connection.executeScript(script)
      return Outcome(
        columns: try results.map { rows in try rows.map { try $0.stringIfPresent(0) ?? "" } })
    } catch let error as PostgresError {
      return Outcome(
        state: error.sqlState?.rawValue ?? "\(error.kind)", constraint: error.constraint)
    }
  }

  /// With our own context: what the last statement gave.
  func asUs(_ script: String) async throws -> Outcome {
    try await run(context("\(ours)") + script)
  }

  /// A number past all policies.
  func truth(_ query: String) async throws -> String {
    let database = scene.company.installation.database
    return try await database.connected(as: database.superuser) { connection in
      try await connection.executeScript(query)[0][0].string(0)
    }
  }

  /// Every table of companies.
  func tables() async throws -> [String] {
    let database = scene.company.installation.database
    return try await database.connected(as: database.superuser) { connection in
      try await connection.executeScript(
        """
        select relname
        from pg_class
        join pg_attribute on attrelid = pg_class.oid
        where relnamespace = 'voronka'::regnamespace
          and relkind in ('r', 'p')
          and attname = 'tenant_id'
          and relname <> 'tenant_version'
        order by relname
        """)[0].map { try $0.string(0) }
    }
  }
}
