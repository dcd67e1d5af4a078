internal import Crypto

/// The passwords of a generated company's people.
///
/// They are not kept anywhere: from the installation's own secret the same ones come out again, so that
/// a making that was interrupted can be finished and its log-in data printed.
public struct DemoPasswords: Sendable {
  private enum Origin: Sendable {
    case given(String)
    case derived(SymmetricKey)
  }

  private let origin: Origin

  /// One password for all.
  public static func given(_ password: String) -> DemoPasswords {
    DemoPasswords(origin: .given(password))
  }

  /// A password of its own for everybody, by a secret of the installation: its operator's token.
  public static func derived(fromSecret secret: String) -> DemoPasswords {
    DemoPasswords(origin: .derived(SymmetricKey(data: Array(secret.utf8))))
  }

  /// The password of who has this address.
  func password(for email: String) -> String {
    switch origin {
    case .given(let password): return password
    case .derived(let key):
      let code = HMAC<SHA256>.authenticationCode(
        for: Array("voronka demo password \(email)".utf8), using: key)
      return Self.typeable(Array(code))
    }
  }

  /// Four groups of four signs that nobody takes for others: 79 bits.
  private static func typeable(_ bytes: [UInt8]) -> String {
    let signs = Array("abcdefghjkmnpqrstuvwxyz23456789")
    let text = bytes.prefix(16).map { signs[Int($0) * signs.count / 256] }
    return stride(from: 0, to: 16, by: 4).map { String(text[$0..<$0 + 4]) }.joined(separator: "-")
  }
}
