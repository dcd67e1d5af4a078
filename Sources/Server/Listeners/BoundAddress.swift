/// An address on which the server answers.
public enum BoundAddress: Sendable, Hashable {
  /// Plain text over TCP, with the port that is really in use.
  case plain(Endpoint)
  /// TLS over TCP, with the port that is really in use.
  case tls(Endpoint)
  /// A Unix socket.
  case unix(path: String)
}

extension BoundAddress: CustomStringConvertible {
  /// The address as a person writes it.
  public var description: String {
    switch self {
    case .plain(let endpoint): "\(endpoint)"
    case .tls(let endpoint): "\(endpoint) (TLS)"
    case .unix(let path): path
    }
  }
}
