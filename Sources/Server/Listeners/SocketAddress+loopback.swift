internal import NIOCore

extension SocketAddress {
  /// Whether only this machine can speak from or to it.
  var isLoopback: Bool {
    switch self {
    case .unixDomainSocket: return true
    case .v4, .v6: break
    }
    switch NetworkKey(self) {
    case .version4(let address): return address >> 24 == 127
    default: return ipAddress == "::1"
    }
  }
}
