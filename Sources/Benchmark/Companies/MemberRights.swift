internal import Postgres

/// A member's compiled rights, as the arrays' texts that stand in the settings.
struct MemberRights: Sendable {
  private var all: [String: [Int64]] = [:]
  private var some: [String: [Int64]] = [:]
  private var held: [String: [Int64]] = [:]

  /// From the rows of `BenchmarkStatements.rights`.
  init(_ rows: Rows) throws {
    for row in rows {
      let action = try row.string(0)
      all[action] = try row.integers(1)
      some[action] = try row.integers(2)
      held[action] = try row.integers(3)
    }
  }

  /// The pipelines on which anything is held.
  var pipelines: String { Self.text(Set(held.values.joined()).sorted()) }

  /// The pipelines on which an action is held.
  func pipelines(_ action: String) -> String { Self.text((held[action] ?? []).sorted()) }

  /// The numbers of pipeline and outcome for an action.
  func all(_ action: String) -> String { Self.text(all[action] ?? []) }

  /// The numbers of responsible, pipeline and outcome for an action.
  func some(_ action: String) -> String { Self.text(some[action] ?? []) }

  private static func text(_ numbers: [Int64]) -> String {
    "{" + numbers.map(String.init).joined(separator: ",") + "}"
  }
}
