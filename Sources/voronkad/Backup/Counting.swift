internal import Postgres

extension DedicatedConnection {
  /// How many rows each table has, as this session sees it.
  func countRows() async throws -> [String: Int64] {
    let script = try await execute([BackupStatements.counting()])[0][0].string(0)
    var counts: [String: Int64] = [:]
    for rows in try await executeScript(script) {
      for row in rows { counts[try row.string(0)] = try row.integer(1) }
    }
    return counts
  }
}
