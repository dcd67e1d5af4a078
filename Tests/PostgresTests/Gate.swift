internal import Postgres
internal import Synchronization
internal import Testing

/// A lock that a test holds, so that a transaction stops at the server where the test wants it.
struct Gate: Sendable {
  private static let lastKey = Atomic<Int64>(1_000_000)
  private static let passing = Statement("select pg_advisory_xact_lock_shared($1::bigint)")
  private static let closing = Statement("select pg_advisory_lock($1::bigint)")
  private static let opening = Statement("select pg_advisory_unlock($1::bigint)")
  private static let waiting = Statement(
    """
    select count(*)
    from pg_locks
    where locktype = 'advisory' and objid = $1::bigint::oid and not granted
    """)

  private let key: Int64
  private let holder: DedicatedConnection

  /// A closed gate.
  init(_ bench: Bench, settings: ConnectionSettings? = nil) async throws {
    key = Self.lastKey.add(1, ordering: .relaxed).newValue
    holder = try await DedicatedConnection.connect(
      settings ?? bench.settings, engine: bench.engine)
    _ = try await holder.execute([Self.closing(.integer(key))])
  }

  /// Waits until the gate is open.
  var pass: BoundStatement { Self.passing(.integer(key)) }

  /// Returns when so many transactions wait at the gate.
  func untilWaiting(_ count: Int64 = 1) async throws {
    while try await holder.execute([Self.waiting(.integer(key))])[0][0].integer(0) < count {
      try await Task.sleep(for: .milliseconds(1))
    }
  }

  func open() async throws {
    _ = try await holder.execute([Self.opening(.integer(key))])
  }
}
