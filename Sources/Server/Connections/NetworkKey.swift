internal import NIOCore

/// What connections are counted by: an IPv4 address or an IPv6 network of 64 bits, of which whoever
/// holds one address usually holds all.
enum NetworkKey: Sendable, Hashable {
  case version4(UInt32)
  case version6(UInt64)

  /// The key of a remote address; nil for Unix sockets.
  init?(_ address: SocketAddress?) {
    // Where the address stands in `sockaddr_in` and `sockaddr_in6`.
    let bytes: [UInt8]? = address?.withSockAddr { pointer, size in
      Array(UnsafeRawBufferPointer(start: pointer, count: size))
    }
    guard let address, let bytes else { return nil }
    switch address {
    case .v4:
      self = .version4(Self.number(bytes[4..<8]))
    case .v6 where bytes[8..<20].elementsEqual(Self.mappedPrefix):
      self = .version4(Self.number(bytes[20..<24]))
    case .v6:
      self = .version6(Self.number(bytes[8..<16]))
    case .unixDomainSocket:
      return nil
    }
  }

  /// What an IPv6 address begins with that stands for one of IPv4.
  private static let mappedPrefix: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]

  private static func number<Number: FixedWidthInteger>(_ bytes: ArraySlice<UInt8>) -> Number {
    bytes.reduce(0) { $0 << 8 | Number($1) }
  }
}
