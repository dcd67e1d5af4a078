/// Where a client speaks from.
public struct ClientOrigin: Sendable, Hashable {
  /// The address without its port, such as `127.0.0.1` or `2001:db8::1`; nil on a Unix socket.
  public let address: String?
  /// Whether client and server are on one host: a loopback address or a Unix socket.
  public let isLocal: Bool
  /// Whether the line is encrypted.
  public let isEncrypted: Bool
  /// A number for logs, unique within the server's life.
  public let connection: UInt64

  /// Where a client speaks from.
  public init(address: String?, isLocal: Bool, isEncrypted: Bool, connection: UInt64) {
    self.address = address
    self.isLocal = isLocal
    self.isEncrypted = isEncrypted
    self.connection = connection
  }
}
