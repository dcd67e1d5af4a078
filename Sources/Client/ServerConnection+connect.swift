internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

extension ServerConnection {
  /// Connects to a server, and over TLS agrees on keys; throws ``ConnectionError`` when that fails.
  public static func connect(
    to address: ServerAddress, options: ConnectionOptions = ConnectionOptions()
  ) async throws -> ServerConnection {
    let group = MultiThreadedEventLoopGroup.singleton
    let (lines, continuation) = AsyncThrowingStream<ByteBuffer, any Error>.makeStream(
      bufferingPolicy: .bufferingOldest(options.notificationBuffer))
    let source = NotificationSource(continuation: continuation)
    let tls = try tlsContext(for: address, options: options)
    let loop = group.next()
    let handshake = tls == nil ? nil : loop.makePromise(of: Void.self)
    let bootstrap = ClientBootstrap(group: loop)
      .connectTimeout(TimeAmount(options.connectTimeout))
      .channelOption(.socketOption(.so_keepalive), value: 1)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if let tls {
            try pipeline.addHandler(
              NIOSSLClientHandler(context: tls, serverHostname: serverName(address, options)))
          }
          try pipeline.addHandler(
            ConnectionHandler(
              maximumReplyBytes: options.maximumReplyBytes, notifications: source,
              handshake: handshake))
        }
      }
    let channel = try await connected(address, bootstrap: bootstrap, handshake: handshake)
    if let handshake {
      try await agreed(handshake, channel: channel, address: address, options: options)
    }
    return ServerConnection(
      channel: channel, handler: try await handler(of: channel), address: address, options: options,
      notificationLines: lines)
  }

  private static func connected(
    _ address: ServerAddress, bootstrap: ClientBootstrap, handshake: EventLoopPromise<Void>?
  ) async throws -> any Channel {
    do {
      switch address {
      case .unix(let path): return try await bootstrap.connect(unixDomainSocketPath: path).get()
      case .tcp(let host, let port), .tls(let host, let port):
        return
          try await bootstrap
          .channelOption(.tcpOption(.tcp_nodelay), value: 1)
          .connect(host: host, port: port).get()
      }
    } catch {
      let failure = ConnectionError(
        .unreachable, "no server answers at \(address): \(reason(of: error))", cause: error)
      handshake?.fail(failure)
      throw failure
    }
  }

  private static func handler(
    of channel: any Channel
  ) async throws -> NIOLoopBound<ConnectionHandler> {
    do {
      return try await channel.eventLoop.submit {
        let handler = try channel.pipeline.syncOperations.handler(type: ConnectionHandler.self)
        return NIOLoopBound(handler, eventLoop: channel.eventLoop)
      }.get()
    } catch {
      // A channel that is closed already has let its handlers go.
      throw ConnectionError.closedByServer(error)
    }
  }

  private static func agreed(
    _ handshake: EventLoopPromise<Void>, channel: any Channel, address: ServerAddress,
    options: ConnectionOptions
  ) async throws {
    let timeout = channel.eventLoop.scheduleTask(in: TimeAmount(options.connectTimeout)) {
      handshake.fail(
        ConnectionError(
          .unreachable, "no TLS answer came in time; perhaps the server speaks none there"))
    }
    defer { timeout.cancel() }
    do {
      try await handshake.futureResult.get()
    } catch {
      channel.close(promise: nil)
      throw ConnectionError(
        .unreachable, "no TLS connection with \(address): \(TLSFailure.words(for: error))",
        cause: error)
    }
  }

  private static func tlsContext(
    for address: ServerAddress, options: ConnectionOptions
  ) throws -> NIOSSLContext? {
    guard case .tls = address else { return nil }
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    do {
      switch options.authorities {
      case .system: configuration.trustRoots = .default
      case .file(let path):
        configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(path))
      case .pem(let bytes):
        configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(bytes))
      }
      return try NIOSSLContext(configuration: configuration)
    } catch {
      throw ConnectionError(
        .unreachable, "the certificates to trust can't be read: \(error)", cause: error)
    }
  }

  /// The name for SNI and verification; an IP address is verified as such and never sent as a name.
  private static func serverName(_ address: ServerAddress, _ options: ConnectionOptions) -> String?
  {
    if let name = options.serverName { return name }
    guard case .tls(let host, _) = address else { return nil }
    let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
    return isAddress ? nil : host
  }

  private static func reason(of error: any Error) -> String {
    if let error = error as? IOError { return words(forErrno: error.errnoCode) }
    guard let failure = error as? NIOConnectionError else { return "\(error)" }
    if let dns = failure.dnsAError ?? failure.dnsAAAAError, failure.connectionErrors.isEmpty {
      return "the host name is not known (\(dns))"
    }
    guard let cause = failure.connectionErrors.first?.error else { return "\(failure)" }
    return (cause as? IOError).map { Self.words(forErrno: $0.errnoCode) } ?? "\(cause)"
  }

  private static func words(forErrno code: CInt) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}
