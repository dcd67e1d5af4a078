internal import Synchronization

/// What is cached of one company at one version: itself, and those of its people and sessions that were
/// met. When the version moves, the whole entry goes.
final class CompanyEntry: Sendable {
  let company: Company
  private let met = Mutex(Met())

  private struct Met {
    var standings: [Int64: Standing] = [:]
    var sessions: Set<Int64> = []
    var tokens: [Int64: IssuedToken] = [:]
  }

  init(_ company: Company) {
    self.company = company
  }

  /// What is known of a user.
  func standing(of user: Int64) -> Standing? {
    met.withLock { $0.standings[user] }
  }

  /// Whether the session has been found valid at this version.
  func knows(session: Int64) -> Bool {
    met.withLock { $0.sessions.contains(session) }
  }

  /// The token, if it has been found at this version.
  func token(_ id: Int64) -> IssuedToken? {
    met.withLock { $0.tokens[id] }
  }

  func keep(_ token: IssuedToken) {
    met.withLock { $0.tokens[token.id] = token }
  }

  func keep(_ standing: Standing) {
    met.withLock { $0.standings[standing.user] = standing }
  }

  func keep(session: Int64) {
    met.withLock { _ = $0.sessions.insert(session) }
  }
}
