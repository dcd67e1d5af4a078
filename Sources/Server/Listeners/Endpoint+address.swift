internal import NIOCore

#if canImport(Glibc)
internal import Glibc
#endif

extension Endpoint {
  /// The address that its host stands for.
  func resolved() throws(ServerError) -> SocketAddress {
    do {
      return try SocketAddress.makeAddressResolvingHost(host, port: port)
    } catch {
      throw ServerError(
        .badAddress, "There is no address \"\(host)\". Name one of this machine's.", cause: error)
    }
  }

  /// Refuses an address on which something listens, or which this process may not use. Nothing is
  /// listened on for that.
  func requireFree(at address: SocketAddress) throws(ServerError) {
    do {
      try tryBinding(to: address)
    } catch {
      throw unavailable(error)
    }
  }

  /// Takes the address and gives it back.
  func tryBinding(to address: SocketAddress) throws(IOError) {
    let family = address.protocol == .inet6 ? AF_INET6 : AF_INET
    let probe = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard probe >= 0 else { throw IOError(errnoCode: errno, reason: "socket") }
    defer { Glibc.close(probe) }
    // As the listener will have it: connections that wait for their end do not count.
    var isOn: Int32 = 1
    setsockopt(probe, SOL_SOCKET, SO_REUSEADDR, &isOn, socklen_t(MemoryLayout<Int32>.size))
    let error = address.withSockAddr { pointer, size in
      Glibc.bind(probe, pointer, socklen_t(size)) == 0 ? 0 : errno
    }
    guard error == 0 else { throw IOError(errnoCode: error, reason: "bind") }
  }

  /// Why it can't be listened on.
  func unavailable(_ cause: any Error) -> ServerError {
    ServerError(
      .addressUnavailable,
      "Cannot listen on \(self): \(ServerError.reason(cause)). Stop what listens there, or name "
        + "another port.",
      cause: cause)
  }
}
