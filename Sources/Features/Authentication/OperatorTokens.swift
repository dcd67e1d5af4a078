public import Postgres
public import SalesRules

/// The operator's way in. The token is shown once and stored as a hash.
public enum OperatorTokens {
  /// A fresh token where the installation has none yet; nil where it has one.
  public static func createIfNone(
    on connection: DedicatedConnection, at now: Timestamp
  ) async throws -> String? {
    try await create(on: connection, at: now, replacing: false)
  }

  /// A fresh token in place of all earlier ones, which end at once.
  public static func replace(
    on connection: DedicatedConnection, at now: Timestamp
  ) async throws -> String {
    try await create(on: connection, at: now, replacing: true) ?? ""
  }

  private static func create(
    on connection: DedicatedConnection, at now: Timestamp, replacing: Bool
  ) async throws -> String? {
    let present = try await connection.execute([
      ContextStatements.forInstallation(), AuthenticationStatements.operatorTokens(),
    ])[1][0]
    guard try replacing || present.integer(0) == 0 else { return nil }
    let token = AccessToken(.operator, id: try present.integer(1))
    var statements = [ContextStatements.forInstallation()]
    if replacing { statements.append(AuthenticationStatements.deleteOperatorTokens()) }
    statements.append(
      AuthenticationStatements.createOperatorToken(
        .integer(token.id), .bytea(token.hash), .timestamp(now)))
    _ = try await connection.execute(statements)
    return token.text
  }
}
