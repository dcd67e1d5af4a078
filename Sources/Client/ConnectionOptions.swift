/// How to connect and how long to wait.
public struct ConnectionOptions: Sendable {
  /// Whose certificates are trusted for `tls://` addresses.
  public enum Authorities: Sendable {
    /// Those that the operating system trusts.
    case system
    /// Those in a PEM file, and no others.
    case file(path: String)
    /// Those in PEM text, and no others.
    case pem(bytes: [UInt8])
  }

  /// Whose certificates are trusted.
  public var authorities: Authorities
  /// The name that the server's certificate must carry, where it differs from the address's host.
  public var serverName: String?
  /// How long connecting, TLS included, may take.
  public var connectTimeout: Duration
  /// How long a call may take unless it says otherwise; nil waits for ever.
  public var callDeadline: Duration?
  /// The longest reply taken, in bytes; a longer one ends the connection.
  public var maximumReplyBytes: Int
  /// How many unread notifications are kept.
  public var notificationBuffer: Int

  /// Makes options; the defaults suit a program on the same network.
  public init(
    authorities: Authorities = .system, serverName: String? = nil,
    connectTimeout: Duration = .seconds(10), callDeadline: Duration? = nil,
    maximumReplyBytes: Int = 64 << 20, notificationBuffer: Int = 10_000
  ) {
    self.authorities = authorities
    self.serverName = serverName
    self.connectTimeout = connectTimeout
    self.callDeadline = callDeadline
    self.maximumReplyBytes = maximumReplyBytes
    self.notificationBuffer = notificationBuffer
  }
}
