public import NIOCore

/// One reply of ``ServerConnection/drive(window:next:reply:)``.
public struct LoadReply: Sendable {
  /// Which request it answers, counted from 0.
  public let index: Int
  /// From the request's writing to the reply's reading, in nanoseconds.
  public let latencyNanoseconds: Int64
  /// Whether the server answered with an error.
  public let isError: Bool
  /// The reply as it came, without its line end.
  public let line: ByteBuffer
}
