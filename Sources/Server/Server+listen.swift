internal import JSONRPC
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Synchronization

/// Opening listeners and taking connections from them.
extension Server {
  /// Opens every listener of the configuration, or none.
  func listen(
    on group: MultiThreadedEventLoopGroup, loops: [ConnectionLoop]
  ) async throws -> [OpenListener] {
    let loops = Dictionary(
      uniqueKeysWithValues: loops.map { (ObjectIdentifier($0.eventLoop), $0) })
    var open: [OpenListener] = []
    do {
      for listener in core.configuration.listeners {
        open.append(try await self.open(listener, on: group, loops: loops))
      }
    } catch {
      for listener in open { await listener.close() }
      throw error
    }
    return open
  }

  private func open(
    _ listener: Listener, on group: MultiThreadedEventLoopGroup,
    loops: [ObjectIdentifier: ConnectionLoop]
  ) async throws -> OpenListener {
    switch listener {
    case .plain(let endpoint):
      let address = try core.configuration.plainAddress(of: endpoint)
      let channel = try await bind(bootstrap(group, loops, nil), address, endpoint)
      return OpenListener(
        channel: channel, address: .plain(bound(endpoint, channel)), socket: nil)
    case .tls(let endpoint, let files):
      let store = try CertificateStore(files)
      certificates.withLock { $0[files] = store }
      let channel = try await bind(bootstrap(group, loops, store), endpoint.resolved(), endpoint)
      return OpenListener(channel: channel, address: .tls(bound(endpoint, channel)), socket: nil)
    case .unix(let path):
      let socket = try UnixSocket(path: path)
      let bootstrap = bootstrap(group, loops, nil)
      let channel = try await bootstrap.withBoundSocket(socket.descriptor).get()
      return OpenListener(channel: channel, address: .unix(path: path), socket: socket)
    }
  }

  private func bind(
    _ bootstrap: ServerBootstrap, _ address: SocketAddress, _ endpoint: Endpoint
  ) async throws(ServerError) -> any Channel {
    do {
      return try await bootstrap.bind(to: address).get()
    } catch {
      throw endpoint.unavailable(error)
    }
  }

  private func bound(_ endpoint: Endpoint, _ channel: any Channel) -> Endpoint {
    Endpoint(host: endpoint.host, port: channel.localAddress?.port ?? endpoint.port)
  }

  private func bootstrap(
    _ group: MultiThreadedEventLoopGroup, _ loops: [ObjectIdentifier: ConnectionLoop],
    _ certificates: CertificateStore?
  ) -> ServerBootstrap {
    let core = self.core
    let unwritten = core.configuration.limits.unwrittenBytes
    return ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelOption(.maxMessagesPerRead, value: 1)
      .childChannelOption(
        .recvAllocator,
        value: AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 1024, maximum: 64 << 10)
      )
      .childChannelOption(
        .writeBufferWaterMark,
        value: ChannelOptions.Types.WriteBufferWaterMark(low: unwritten / 4, high: unwritten)
      )
      .childChannelInitializer { channel in
        guard let loop = loops[ObjectIdentifier(channel.eventLoop)] else { return channel.close() }
        return channel.eventLoop.makeCompletedFuture {
          try Self.receive(channel, core: core, loop: loop, certificates: certificates)
        }
      }
  }

  /// Puts together what serves or refuses a new connection.
  private static func receive(
    _ channel: any Channel, core: ServerCore, loop: ConnectionLoop, certificates: CertificateStore?
  ) throws {
    let address = channel.remoteAddress
    let isLocal = address?.isLoopback ?? true
    let network = isLocal ? nil : NetworkKey(address)
    let verdict = core.admissions.admit(from: network)
    if case .dropped = verdict { return channel.close(promise: nil) }
    let pipeline = channel.pipeline.syncOperations
    let meter = OutputMeter()
    try pipeline.addHandler(meter)
    if let certificates {
      try pipeline.addHandler(NIOSSLServerHandler(context: certificates.context))
    }
    if case .refused(let reason) = verdict {
      return try pipeline.addHandler(
        RefusalHandler(reason: reason, isEncrypted: certificates != nil, core: core))
    }
    let origin = ClientOrigin(
      address: address?.ipAddress, isLocal: isLocal, isEncrypted: certificates != nil,
      connection: core.nextConnectionNumber())
    let connection = Connection(loop: loop, origin: origin, network: network, meter: meter)
    try pipeline.addHandler(connection)
    loop.add(connection)
  }
}
