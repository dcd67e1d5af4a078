/// The way to tell a client something unasked: the other half of the seam between the server and the methods.
///
/// Its lines stand between replies, never within one.
public protocol NotificationOutput: AnyObject, Sendable {
  /// Waits until the client has taken so much that more may be written; false once the connection ends.
  ///
  /// Whoever writes only after it, and only a bounded amount, lets no slow client fill the memory.
  func hasRoom() async -> Bool

  /// Writes whole lines with their ends, if the condition holds at the moment when they join the output.
  /// Whatever answer is written after the condition ceased to hold, nothing follows it.
  /// - Returns: whether they were written.
  func write(_ lines: [UInt8], while condition: @escaping @Sendable () -> Bool) async -> Bool
}
