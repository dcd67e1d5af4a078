public import JSONRPC
internal import NIOCore

/// How a server listens and how much it bears.
public struct ServerConfiguration: Sendable {
  /// What to listen on.
  public var listeners: [Listener]
  /// Whether plain text may be spoken on addresses that other machines can reach.
  public var allowPlaintext = false
  /// How much clients may ask for at once.
  public var limits = ServerLimits()
  /// How long the server waits for what.
  public var timeouts = ServerTimeouts()
  /// How many threads drive the connections.
  public var eventLoops = 2
  /// Reads the lines.
  public var envelopeReader: EnvelopeReader
  /// What time it is; tests bring their own.
  var now: @Sendable () -> NIODeadline = { .now() }

  /// A configuration with the defaults for everything else.
  public init(listeners: [Listener], envelopeReader: EnvelopeReader = EnvelopeReader()) {
    self.listeners = listeners
    self.envelopeReader = envelopeReader
  }
}
