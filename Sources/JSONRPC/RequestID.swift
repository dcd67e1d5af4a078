/// The id of a request: the bytes of a JSON string, number or null, echoed as they were sent.
public struct RequestID: Sendable, Hashable {
  /// The id's JSON text as the client wrote it.
  public let bytes: [UInt8]

  /// An id from its JSON text.
  public init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The id of replies to what had none that could be read.
  public static let null = RequestID(bytes: Array("null".utf8))
}
