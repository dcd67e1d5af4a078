internal import NIOCore

extension ServerConfiguration {
  /// Refuses what would be refused when the server begins to listen, as far as it can be told beforehand:
  /// addresses that there are not, plain text where it is not allowed, certificates that can't be used,
  /// ports in use. Nothing stays open.
  public func check() throws(ServerError) {
    for listener in listeners {
      switch listener {
      case .plain(let endpoint): try endpoint.requireFree(at: plainAddress(of: endpoint))
      case .tls(let endpoint, let files):
        _ = try CertificateStore(files)
        try endpoint.requireFree(at: endpoint.resolved())
      case .unix: break
      }
    }
  }

  /// The address of a listener for plain text, which has to be loopback unless more is allowed.
  func plainAddress(of endpoint: Endpoint) throws(ServerError) -> SocketAddress {
    let address = try endpoint.resolved()
    guard address.isLoopback || allowPlaintext else {
      throw ServerError(
        .plaintextRefused,
        "\(endpoint) can be reached from other machines, and passwords would cross the network "
          + "readable. Listen with TLS, or allow plain text explicitly.")
    }
    return address
  }
}
