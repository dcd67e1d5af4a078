internal import Crypto

/// A secret that lets its holder in: `vus_3.17.<64 hex digits>.<8 hex digits>`.
///
/// The prefix tells people and scanners for lost secrets what it is, the numbers say where its hash is
/// stored, and the checksum tells a mistyped token from a wrong one. Only a SHA-256 of it is kept.
struct AccessToken: Sendable {
  /// Whose token it is.
  enum Holder: Sendable, Hashable {
    /// The operator of the installation.
    case `operator`
    /// A session of a user of a company.
    case session(tenant: Int64)
    /// A user of a company, by a token of their own.
    case personal(tenant: Int64)
    /// A service of a company.
    case service(tenant: Int64)
    /// Somebody who is invited to choose a password.
    case invitation(tenant: Int64)
  }

  let holder: Holder
  /// The number of the row that holds its hash.
  let id: Int64
  /// The token as it is handed out.
  let text: String

  /// A fresh one, of 256 random bits.
  init(_ holder: Holder, id: Int64) {
    self.holder = holder
    self.id = id
    let secret = Self.hexadecimal((0..<32).map { _ in UInt8.random(in: .min ... .max) })
    let body =
      switch holder {
      case .operator: "vop_\(id).\(secret)"
      case .session(let tenant): "vus_\(tenant).\(id).\(secret)"
      case .personal(let tenant): "vpt_\(tenant).\(id).\(secret)"
      case .service(let tenant): "vst_\(tenant).\(id).\(secret)"
      case .invitation(let tenant): "vit_\(tenant).\(id).\(secret)"
      }
    text = "\(body).\(Self.checksum(body))"
  }

  /// Reads a token; nil for what never was one.
  init?(_ text: String) {
    guard text.utf8.count <= 200, let end = text.lastIndex(of: ".") else { return nil }
    let body = String(text[..<end])
    guard text[text.index(after: end)...] == Self.checksum(body) else { return nil }
    let parts = body.dropFirst(4).split(separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.dropLast().compactMap { Int64($0) }
    guard numbers.count == parts.count - 1 else { return nil }
    switch (body.prefix(4), numbers.count) {
    case ("vop_", 1): holder = .operator
    case ("vus_", 2): holder = .session(tenant: numbers[0])
    case ("vpt_", 2): holder = .personal(tenant: numbers[0])
    case ("vst_", 2): holder = .service(tenant: numbers[0])
    case ("vit_", 2): holder = .invitation(tenant: numbers[0])
    default: return nil
    }
    id = numbers[numbers.count - 1]
    self.text = text
  }

  /// What is stored of it.
  var hash: [UInt8] {
    Array(SHA256.hash(data: Array(text.utf8)))
  }

  static func checksum(_ body: String) -> String {
    hexadecimal(SHA256.hash(data: Array(body.utf8)).prefix(4))
  }

  private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}

extension AccessToken: CustomStringConvertible {
  /// Never the secret.
  var description: String { "token \(id)" }
}
