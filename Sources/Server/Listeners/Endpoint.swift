/// An address and a port to listen on.
public struct Endpoint: Sendable, Hashable {
  /// A host name or a numeric address, IPv6 without brackets.
  public let host: String
  /// The port; 0 lets the system choose one.
  public let port: Int

  /// An address and a port.
  public init(host: String, port: Int) {
    self.host = host
    self.port = port
  }

  /// What `ADDRESS:PORT` names; an IPv6 address stands in brackets.
  public init(_ text: String) throws(ServerError) {
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...])
    else { throw Self.malformed(text) }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      throw Self.malformed(text)
    }
    guard !host.isEmpty else { throw Self.malformed(text) }
    self.init(host: String(host), port: Int(port))
  }

  private static func malformed(_ text: String) -> ServerError {
    ServerError(
      .badAddress,
      "\"\(text)\" is not an address to listen on. Write ADDRESS:PORT, such as 127.0.0.1:7420 "
        + "or [::1]:7420.")
  }
}

extension Endpoint: CustomStringConvertible {
  /// `ADDRESS:PORT`, with an IPv6 address in brackets.
  public var description: String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }
}
