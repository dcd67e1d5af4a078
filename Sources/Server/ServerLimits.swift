/// How much clients may ask for at once.
public struct ServerLimits: Sendable, Hashable {
  /// The longest line, in bytes without its end.
  public var lineBytes = 1 << 20
  /// How many connections may be open at once.
  public var connections = 10_000
  /// How many of them one address of another machine may hold; a /64 network counts as one address.
  public var connectionsPerAddress = 1_000
  /// How many bytes of further requests are read ahead while one is carried out.
  public var readAheadBytes = 64 << 10
  /// How many bytes of replies may wait for a client before its next request has to wait.
  public var unwrittenBytes = 256 << 10
  /// How many bytes may wait for a client that takes none of them.
  public var stalledBytes = 4 << 20
  /// How many elements of one batch run side by side.
  public var batchWidth = 8
  /// After how many bytes of replies the rest of a batch is refused.
  public var batchReplyBytes = 16 << 20

  /// The defaults.
  public init() {}
}
