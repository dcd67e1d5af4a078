/// Something to listen on.
public enum Listener: Sendable, Hashable {
  /// Plain text over TCP: for loopback alone, unless the configuration allows more.
  case plain(Endpoint)
  /// TLS 1.2 or later over TCP.
  case tls(Endpoint, CertificateFiles)
  /// A Unix socket that only the server's own user can open.
  case unix(path: String)
}
