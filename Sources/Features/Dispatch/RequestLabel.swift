/// What a request is called in logs; its text is made only where something is logged.
struct RequestLabel: Sendable, CustomStringConvertible {
  let connection: UInt64
  /// Counts the connection's requests from 1.
  let number: UInt64

  /// The connection's number and the request's on it.
  var description: String { "\(connection).\(number)" }
}
