/// Why a server could not be asked, as opposed to what it answered.
public struct ConnectionError: Error, Sendable {
  /// The kinds of failure; more may be added.
  public struct Code: Sendable, Hashable {
    let name: String
    /// The address is not in a form that can be read.
    public static let badAddress = Code(name: "bad_address")
    /// No connection came about: refused, timed out, no such host, or TLS was not agreed on.
    public static let unreachable = Code(name: "unreachable")
    /// The connection ended before the reply came: whether the request took effect is unknown.
    public static let closed = Code(name: "closed")
    /// The reply did not come in time: whether the request took effect is unknown.
    public static let deadlineExceeded = Code(name: "deadline_exceeded")
    /// What came is not what a Voronka server sends.
    public static let protocolViolation = Code(name: "protocol_violation")
    /// Notifications came faster than they were read, and the stream ended there.
    public static let overflow = Code(name: "overflow")
  }

  /// The kind of failure.
  public let code: Code
  /// An English sentence for people.
  public let message: String
  /// The error underneath, if any.
  public let cause: (any Error)?

  /// Makes an error of a kind.
  public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
    self.code = code
    self.message = message
    self.cause = cause
  }
}

extension ConnectionError: CustomStringConvertible {
  /// The sentence alone; the cause is named in it where it helps.
  public var description: String { message }
}
