internal import CoreMetrics
internal import JSONRPC
internal import Logging
internal import NIOCore
internal import NIOSSL
internal import NIOTLS

/// One client's connection: lines in, one request after another to the handler, replies out in order.
///
/// Nothing but bytes waits here: lines are taken from `input` one by one as the requests before them
/// are answered, and a Swift task exists only while there is work. The aspects:
/// `+requests` carries out, `+output` writes, `+notifications` tells what was not asked for, `+time` ends
/// what takes too long, `+end` ends.
///
/// `@unchecked Sendable`: everything is touched on the channel's event loop alone; tasks that run for
/// the connection prefer the loop's executor.
final class Connection: ChannelDuplexHandler, @unchecked Sendable {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// How far a connection has come; each phase follows one above it.
  enum Phase: Equatable {
    /// TLS is being agreed on.
    case handshaking
    /// Lines come.
    case open
    /// No more lines are taken; those that came are answered.
    case finishing(Ending)
    /// Everything is answered; the client has not taken it all.
    case flushing(Ending)
    /// The client was told that nothing more comes; it may read on, send into the void and say its own
    /// farewell.
    case lingering(since: NIODeadline)
    /// It is over.
    case closed
  }

  /// How a connection ends once everything is answered.
  enum Ending: Equatable {
    /// At once: the client sends no more.
    case close
    /// After the client's own end or a moment: closing while its bytes come in would make the system
    /// throw away replies that it has not read.
    case linger
  }

  let loop: ConnectionLoop
  let origin: ClientOrigin
  let network: NetworkKey?
  let meter: OutputMeter

  var context: ChannelHandlerContext?
  var phase: Phase {
    didSet { if phase != .open { releaseThoseWhoWaitForRoom() } }
  }
  var reason = ConnectionEnd.client
  /// Whether the connection's place was given back.
  var hasLeft = false
  var handler: (any RequestHandler)?

  var input: LineBuffer
  /// Whether the client's side has ended.
  var isInputClosed = false
  /// Whether it ended without TLS saying so, so that a last line without its end may be cut off.
  var isInputTruncated = false
  /// Whether the channel wants to read and has to wait.
  var isReadHeld = false

  /// Whether a task carries out requests.
  var isWorking = false
  /// That task, once it has had to wait for something.
  var work: Task<Void, Never>?
  /// Whether what has not begun is refused.
  var isCutShort = false

  var output = ByteBuffer()
  /// Who would tell the client something and waits until it has taken what there is.
  var waitingForRoom: [CheckedContinuation<Bool, Never>] = []
  var isFlushing = false
  var isFlushScheduled = false

  /// When something last came, was answered or was taken.
  var lastActivity: NIODeadline
  /// How many bytes the client had taken when that was last looked at, and when it last took some.
  var taken = 0
  var lastTaken: NIODeadline
  /// Whether something waited for the client then.
  var isBehind = false

  init(loop: ConnectionLoop, origin: ClientOrigin, network: NetworkKey?, meter: OutputMeter) {
    self.loop = loop
    self.origin = origin
    self.network = network
    self.meter = meter
    self.phase = origin.isEncrypted ? .handshaking : .open
    self.input = LineBuffer(limit: loop.core.configuration.limits.lineBytes)
    self.lastActivity = loop.core.now
    self.lastTaken = lastActivity
  }

  var core: ServerCore { loop.core }
  var limits: ServerLimits { core.configuration.limits }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
  }

  func channelActive(context: ChannelHandlerContext) {
    core.metrics.served.increment()
    core.metrics.connections.increment()
    log("connection opened", ["address": "\(origin.address ?? "unix")"])
    if phase == .open { makeHandler() }
    context.fireChannelActive()
  }

  private func makeHandler() {
    handler = core.makeHandler(origin)
    handler?.connectionOpened(self)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    core.metrics.receivedBytes.increment(by: bytes.readableBytes)
    guard phase == .open else { return }
    input.append(&bytes)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    startWork()
    context.fireChannelReadComplete()
  }

  /// Reads on unless enough waits already. What still comes then is bounded by the system's buffer.
  func read(context: ChannelHandlerContext) {
    isReadHeld = hasReadEnough
    if !isReadHeld { context.read() }
  }

  func resumeReading() {
    guard isReadHeld, !hasReadEnough else { return }
    isReadHeld = false
    context?.read()
  }

  private var hasReadEnough: Bool {
    phase == .open && input.count >= limits.readAheadBytes && input.hasNext(isAtEnd: false)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable { releaseThoseWhoWaitForRoom() }
    // Whoever flushes looks for more work itself; to begin here would nest ever deeper.
    if !isFlushing, context.channel.isWritable { startWork() }
    context.fireChannelWritabilityChanged()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .handshakeCompleted? = event as? TLSUserEvent, phase == .handshaking {
      phase = .open
      lastActivity = core.now
      makeHandler()
    }
    if case .inputClosed? = event as? ChannelEvent { inputClosed() }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if case .uncleanShutdown? = error as? NIOSSLError {
      // The end of input follows as an event of its own.
      isInputTruncated = true
      return
    }
    log("connection broke", ["error": "\(error)"])
    close(phase == .handshaking ? .handshake : .client, abruptly: true)
  }

  func channelInactive(context: ChannelHandlerContext) {
    closed()
    context.fireChannelInactive()
  }

  /// Logs for the operator: never what a client sent.
  func log(_ message: Logger.Message, _ metadata: @autoclosure () -> Logger.Metadata = [:]) {
    guard core.logger.logLevel <= .debug else { return }
    let connection: Logger.Metadata = ["connection": "\(origin.connection)"]
    core.logger.debug(message, metadata: connection.merging(metadata()) { own, _ in own })
  }
}
