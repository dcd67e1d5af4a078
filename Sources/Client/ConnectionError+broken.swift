internal import Glibc
internal import NIOCore
internal import NIOSSL

extension ConnectionError {
  /// The other side ended the connection, or the way there did.
  static func closedByServer(_ cause: (any Error)? = nil) -> ConnectionError {
    ConnectionError(.closed, "the server closed the connection", cause: cause)
  }

  /// What a channel's error means for those who wait for replies.
  static func broken(_ error: any Error) -> ConnectionError {
    if isClosing(error) { return closedByServer(error) }
    return ConnectionError(.closed, "the connection broke: \(error)", cause: error)
  }

  private static func isClosing(_ error: any Error) -> Bool {
    switch error {
    case let error as IOError: [ECONNRESET, EPIPE, ENOTCONN].contains(error.errnoCode)
    case let error as ChannelError:
      [.ioOnClosedChannel, .alreadyClosed, .eof, .outputClosed].contains(error)
    case let error as NIOSSLError: error == .uncleanShutdown
    default: false
    }
  }
}
