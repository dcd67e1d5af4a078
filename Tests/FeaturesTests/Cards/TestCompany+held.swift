internal import Postgres
internal import Synchronization
internal import TestSupport

extension TestCompany {
  /// Has one request stand still between its decision and its commit, by holding a row that it writes, until
  /// another one that came behind it has ended or waits as well; then lets both go on.
  ///
  /// - Parameter row: the statement that holds the row, with the company as `$1` and the number as `$2`.
  func withHeld<First: Sendable, Second: Sendable>(
    _ row: Statement, _ number: Int64, first: @escaping @Sendable () async throws -> First,
    second: @escaping @Sendable () async throws -> Second
  ) async throws -> (First, Second) {
    let database = installation.database
    return try await database.connected(as: database.superuser) { holder in
      _ = try await holder.executeScript("set search_path to voronka; begin")
      _ = try await holder.execute([row(.integer(id), .integer(number))])
      async let early = first()
      try await waits(for: 1) { false }
      let ended = Ended()
      async let late = {
        defer { ended.note() }
        return try await second()
      }()
      try await waits(for: 2) { ended.isNoted }
      _ = try await holder.executeScript("commit")
      return (try await early, try await late)
    }
  }

  /// Comes back when so many wait for a lock, or when it is over.
  private func waits(for count: Int64, unless isOver: () -> Bool) async throws {
    while !isOver() {
      if try await query(Self.waiting)[0].integer(0) >= count { return }
      try await Task.sleep(for: .milliseconds(2))
    }
  }

  private static var waiting: Statement {
    Statement(
      """
      select count(*)
      from pg_stat_activity
      where datname = current_database()
        and wait_event_type = 'Lock'
      """)
  }

  /// Holds a card's row.
  static var heldCard: Statement {
    Statement("select 1 from card where tenant_id = $1::bigint and id = $2::bigint for update")
  }

  /// Holds a contact's row, also against cards that come to point to it.
  static var heldContact: Statement {
    Statement("select 1 from contact where tenant_id = $1::bigint and id = $2::bigint for update")
  }
}

private final class Ended: Sendable {
  private let noted = Mutex(false)
  var isNoted: Bool { noted.withLock { $0 } }
  func note() { noted.withLock { $0 = true } }
}
