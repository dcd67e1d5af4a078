import NIOCore
import NIOPosix
import NIOSSL

@testable import Server

/// A client that sends bytes as they are told and gives back lines.
final class WireClient: Sendable {
  private let channel: any Channel
  private let lines: LineSource

  private init(_ channel: any Channel, _ lines: LineSource) {
    self.channel = channel
    self.lines = lines
  }

  /// - Parameters:
  ///   - receiveBuffer: how much the system takes in while nothing is read.
  ///   - staysOpen: whether its own side stays open when the server's ends.
  static func connect(
    to address: BoundAddress, autoRead: Bool = true, receiveBuffer: Int? = nil,
    staysOpen: Bool = false,
    tls: NIOSSLContext? = nil, onCertificate: (@Sendable ([UInt8]) -> Void)? = nil
  ) async throws -> WireClient {
    let lines = LineSource()
    var bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .channelOption(.autoRead, value: autoRead)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let tls {
            let handler = try NIOSSLClientHandler(context: tls, serverHostname: nil)
            try channel.pipeline.syncOperations.addHandler(handler)
          }
          try channel.pipeline.syncOperations.addHandler(
            LineCollector(lines, staysOpen: staysOpen, onCertificate: onCertificate))
        }
      }
    if let receiveBuffer {
      bootstrap = bootstrap.channelOption(
        .socketOption(.so_rcvbuf), value: .init(receiveBuffer))
    }
    let channel =
      switch address {
      case .plain(let endpoint), .tls(let endpoint):
        try await bootstrap.connect(host: endpoint.host, port: endpoint.port).get()
      case .unix(let path):
        try await bootstrap.connect(unixDomainSocketPath: path).get()
      }
    return WireClient(channel, lines)
  }

  func send(_ text: String) async throws { try await send(Array(text.utf8)) }

  func send(_ bytes: [UInt8]) async throws {
    try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
  }

  /// Sends without waiting until the system takes it.
  func post(_ text: String) {
    channel.writeAndFlush(ByteBuffer(string: text), promise: nil)
  }

  func read() { channel.read() }

  func setAutoRead(_ value: Bool) async throws {
    try await channel.setOption(.autoRead, value: value).get()
  }

  /// The next line without its end; nil once the server has ended its side.
  func line() async -> String? { await lines.next() }

  func lines(_ count: Int) async -> [String] {
    var result: [String] = []
    while result.count < count, let line = await line() { result.append(line) }
    return result
  }

  /// Everything until the server's end.
  func rest() async -> [String] { await lines(.max) }

  /// A request and the next line.
  func ask(_ text: String) async throws -> String? {
    try await send(text + "\n")
    return await line()
  }

  func finishSending() async throws { try await channel.close(mode: .output) }

  /// Ends the sending side below TLS, as whoever sits in the middle can.
  func finishSendingWithoutFarewell() async throws {
    try await channel.eventLoop.flatSubmit { [channel] in
      let promise = channel.eventLoop.makePromise(of: Void.self)
      do {
        let pipeline = channel.pipeline.syncOperations
        try pipeline.context(handlerType: NIOSSLClientHandler.self)
          .close(mode: .output, promise: promise)
      } catch {
        promise.fail(error)
      }
      return promise.futureResult
    }.get()
  }

  func close() async throws { try await channel.close() }
}
