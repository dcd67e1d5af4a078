internal import Postgres
internal import SalesRules
internal import Synchronization

/// Notes when tokens are used: at most once a minute each, so that no row is written again and again.
final class TokenUses: Sendable {
  private struct Key: Hashable {
    let tenant: Int64
    let token: Int64
  }

  private static let most = 10_000
  private let pool: Pool
  private let noted = Mutex<[Key: Timestamp]>([:])

  init(pool: Pool) {
    self.pool = pool
  }

  /// A token is being used. A note that can't be made is no reason to refuse the request.
  func note(_ token: Int64, of tenant: Int64, at now: Timestamp) async {
    guard isDue(Key(tenant: tenant, token: token), at: now) else { return }
    _ = try? await pool.transaction([
      ContextStatements.server(.integer(tenant)),
      TokenStatements.noteUse(.integer(tenant), .integer(token), .timestamp(now)),
    ])
  }

  private func isDue(_ key: Key, at now: Timestamp) -> Bool {
    noted.withLock { noted in
      if let last = noted[key], now < last.adding(seconds: 60) { return false }
      // Forgetting costs a note too many, no more.
      if noted.count >= Self.most { noted.removeAll() }
      noted[key] = now
      return true
    }
  }
}
