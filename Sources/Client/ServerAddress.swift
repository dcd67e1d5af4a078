/// Where a Voronka server listens, and by which transport.
///
/// The text forms are `HOST:PORT` and `tcp://HOST:PORT` (plain), `tls://HOST:PORT`, and
/// `unix:/PATH`. An IPv6 address stands in brackets; the port may be left out (7420).
public enum ServerAddress: Sendable, Hashable {
  /// Plain TCP; meant for loopback.
  case tcp(host: String, port: Int)
  /// TLS 1.2 or newer over TCP.
  case tls(host: String, port: Int)
  /// A Unix socket's path.
  case unix(path: String)

  /// The port that a server listens on unless told otherwise.
  public static let defaultPort = 7420

  /// Reads one of the text forms; throws ``ConnectionError`` with code `badAddress` for others.
  public init(parsing text: String) throws {
    if let path = Self.rest(of: text, after: "unix:") {
      guard path.hasPrefix("/") else { throw Self.unreadable(text) }
      // "unix:///run/x" is what URL-minded people write for "unix:/run/x".
      self = .unix(path: path.hasPrefix("///") ? String(path.dropFirst(2)) : path)
      return
    }
    if let rest = Self.rest(of: text, after: "tls://") {
      let (host, port) = try Self.hostAndPort(rest, of: text)
      self = .tls(host: host, port: port)
      return
    }
    let rest = Self.rest(of: text, after: "tcp://") ?? text
    let (host, port) = try Self.hostAndPort(rest, of: text)
    self = .tcp(host: host, port: port)
  }

  /// Whether nobody outside this machine can read what is sent, or it is encrypted.
  public var isConfidential: Bool {
    switch self {
    case .tls, .unix: true
    case .tcp(let host, _): host == "localhost" || host == "::1" || Self.isLoopbackIPv4(host)
    }
  }

  private static func isLoopbackIPv4(_ host: String) -> Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  private static func rest(of text: String, after prefix: String) -> String? {
    text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil
  }

  private static func hostAndPort(_ rest: String, of text: String) throws -> (String, Int) {
    if rest.hasPrefix("[") {
      guard let close = rest.firstIndex(of: "]") else { throw unreadable(text) }
      let host = String(rest[rest.index(after: rest.startIndex)..<close])
      let tail = rest[rest.index(after: close)...]
      guard !host.isEmpty else { throw unreadable(text) }
      guard !tail.isEmpty else { return (host, defaultPort) }
      guard tail.hasPrefix(":") else { throw unreadable(text) }
      return (host, try port(tail.dropFirst(), of: text))
    }
    let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
    guard let host = parts.first, !host.isEmpty, parts.count <= 2,
      !host.contains(where: { $0 == "/" || $0.isWhitespace })
    else {
      throw unreadable(text)
    }
    return (String(host), parts.count == 2 ? try port(parts[1], of: text) : defaultPort)
  }

  private static func port(_ digits: Substring, of text: String) throws -> Int {
    guard let port = Int(digits), (1...65535).contains(port) else { throw unreadable(text) }
    return port
  }

  private static func unreadable(_ text: String) -> ConnectionError {
    ConnectionError(
      .badAddress,
      "\"\(text)\" is no server address: write HOST:PORT, tls://HOST:PORT or unix:/PATH")
  }
}

extension ServerAddress: CustomStringConvertible {
  /// The text form that ``init(parsing:)`` reads back.
  public var description: String {
    switch self {
    case .tcp(let host, let port): "\(Self.bracketed(host)):\(port)"
    case .tls(let host, let port): "tls://\(Self.bracketed(host)):\(port)"
    case .unix(let path): "unix:\(path)"
    }
  }

  private static func bracketed(_ host: String) -> String {
    host.contains(":") ? "[\(host)]" : host
  }
}
