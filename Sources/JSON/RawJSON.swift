/// One JSON text, ready to be spliced into another.
public struct RawJSON: Sendable {
  /// The text in UTF-8, on one line.
  public let bytes: [UInt8]

  /// The text that the closure writes: exactly one value.
  /// - Parameter capacity: about how many bytes it will have, where that is known.
  public init(
    reservingCapacity capacity: Int = 0, _ write: (inout JSONWriter) throws -> Void
  ) rethrows {
    var writer = JSONWriter(reservingCapacity: capacity)
    try write(&writer)
    bytes = writer.finish()
  }

  /// The value's text.
  public init(_ value: JSON) {
    self.init { $0.value(value) }
  }

  /// A text that is JSON already; line breaks in it become spaces.
  public init(checked bytes: [UInt8]) {
    self.init { $0.raw(bytes) }
  }
}
