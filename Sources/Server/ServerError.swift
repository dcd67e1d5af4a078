internal import NIOCore

#if canImport(Glibc)
internal import Glibc
#endif

/// Why the server cannot listen, or go on as it is told to.
public struct ServerError: Error {
  /// What kind of failure it is.
  public struct Code: Sendable, Hashable {
    private enum Value { case badAddress, plaintextRefused, addressUnavailable, certificate, used }
    private let value: Value

    /// The address cannot be read or resolved.
    public static let badAddress = Code(value: .badAddress)
    /// Plain text on an address that other machines can reach.
    public static let plaintextRefused = Code(value: .plaintextRefused)
    /// The address or the socket's path is in use or may not be used.
    public static let addressUnavailable = Code(value: .addressUnavailable)
    /// A certificate or key cannot be used.
    public static let certificate = Code(value: .certificate)
    /// The server ran already; one runs once.
    public static let alreadyRan = Code(value: .used)
  }

  /// What kind of failure it is.
  public let code: Code
  /// What was wrong, where, and what to do.
  public let message: String
  /// What lies beneath, where something does.
  public let cause: (any Error)?

  /// A failure of that kind.
  public init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
    self.code = code
    self.message = message
    self.cause = cause
  }
}

extension ServerError {
  /// The system's words for what it refused, without the name of the call.
  static func reason(_ error: any Error) -> String {
    guard let error = error as? IOError else { return "\(error)" }
    return String(cString: strerror(error.errnoCode))
  }
}

extension ServerError: CustomStringConvertible {
  /// The message.
  public var description: String { message }
}
