internal import Crypto
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// Slows down whoever guesses passwords: by account and address together, by account, and by address.
///
/// Only failures count and a success clears them. An address that has logged in to the account before
/// is never held up by what others do to the account, so nobody can lock another out.
struct LoginThrottle: Sendable {
  private let pair: [UInt8]
  private let account: [UInt8]
  /// Many people of one house share a local address; it counts for nobody.
  private let address: [UInt8]?
  private let free: Int

  /// For guesses at the password of an account.
  init(tenant: String, email: String, origin: ClientOrigin, freeFailures: Int) {
    self.init("\(tenant)\n\(email.lowercased())", origin, freeFailures)
  }

  /// For guesses at an invitation.
  init(invitation: String, origin: ClientOrigin, freeFailures: Int) {
    self.init("\n\n\(invitation)", origin, freeFailures)
  }

  private init(_ name: String, _ origin: ClientOrigin, _ free: Int) {
    let counted = origin.address.map { text in
      SourceAddress(text)?.counted ?? text
    }
    pair = Self.key("pair\n\(name)\n\(counted ?? "")")
    account = Self.key("account\n\(name)")
    address = origin.isLocal ? nil : counted.map { Self.key("address\n\($0)") }
    self.free = free
  }

  private static func key(_ text: String) -> [UInt8] {
    Array(SHA256.hash(data: Array(text.utf8)))
  }

  private var keys: Parameter {
    .strings([pair, account, address].compactMap(\.self).map(Self.text))
  }

  private static func text(_ key: [UInt8]) -> String {
    "\\x" + key.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// Reads what is counted.
  var look: BoundStatement { AuthenticationStatements.failures(keys) }

  /// Refuses one who has to wait.
  func check(_ rows: Rows, at now: Timestamp) throws {
    var counted: [String: (failures: Int, last: Timestamp?, hasSucceeded: Bool)] = [:]
    for row in rows {
      counted[try row.string(0)] = (
        Int(try row.integer(1)), try row.timestampIfPresent(2), try row.bool(3)
      )
    }
    let knowsAccount = counted[Self.text(pair)]?.hasSucceeded ?? false
    var until = [wait(counted[Self.text(pair)], free: free, longest: 60)]
    if !knowsAccount { until.append(wait(counted[Self.text(account)], free: free * 4, longest: 5)) }
    if let address { until.append(wait(counted[Self.text(address)], free: free * 10, longest: 60)) }
    guard let end = until.compactMap(\.self).max(), end > now else { return }
    let left = end.microsecondsSince1970 - now.microsecondsSince1970
    throw RPCError.rateLimited(
      retryAfterMilliseconds: max(1, left / 1000),
      "Too many wrong passwords. Wait and try again.")
  }

  /// Until when one waits: each failure beyond the free ones doubles it.
  private func wait(
    _ counted: (failures: Int, last: Timestamp?, hasSucceeded: Bool)?, free: Int, longest: Int64
  ) -> Timestamp? {
    guard let counted, let last = counted.last, counted.failures >= free else { return nil }
    return last.adding(seconds: min(longest, 1 << min(counted.failures - free, 10)))
  }

  /// Counts a wrong password.
  func failed(at now: Timestamp) -> BoundStatement {
    AuthenticationStatements.countFailure(keys, .timestamp(now))
  }

  /// Clears the account's count; the address's stays, or a guesser's own account would reset it.
  func succeeded(at now: Timestamp) -> [BoundStatement] {
    [
      AuthenticationStatements.noteSuccess(.bytea(pair), .timestamp(now)),
      AuthenticationStatements.clearFailures(.bytea(account)),
    ]
  }

  /// Clears what was counted of something that will not come again.
  var forgotten: [BoundStatement] {
    [pair, account].map { AuthenticationStatements.clearFailures(.bytea($0)) }
  }

  /// What tells the account from others, for taking turns.
  var accountKey: String { Self.text(account) }
}
