import JSONRPC
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

@testable import Server

/// A server with scripted methods that runs for as long as a test does.
final class TestServer: Sendable {
  let server: Server
  let script: Script
  let clock: ManualClock
  let addresses: [BoundAddress]
  private let group: ServiceGroup
  private let ended = Signals()

  private init(
    _ server: Server, _ script: Script, _ clock: ManualClock, _ group: ServiceGroup,
    _ addresses: [BoundAddress]
  ) {
    self.server = server
    self.script = script
    self.clock = clock
    self.group = group
    self.addresses = addresses
  }

  /// Where the first listener answers.
  var address: BoundAddress { addresses[0] }

  func connect() async throws -> WireClient { try await WireClient.connect(to: address) }

  /// Begins the graceful stop.
  func stop() async { await group.triggerGracefulShutdown() }

  /// Returns once the server's run has returned.
  func hasStopped() async { await ended.wait("ended") }

  /// Runs a server while the closure runs, and stops it.
  static func run(
    listeners: [Listener] = [.plain(Endpoint(host: "127.0.0.1", port: 0))],
    configure: (inout ServerConfiguration) -> Void = { _ in },
    _ body: (TestServer) async throws -> Void
  ) async throws {
    let script = Script()
    let clock = ManualClock()
    var configuration = ServerConfiguration(listeners: listeners)
    configuration.timeouts.checkInterval = .milliseconds(5)
    configuration.now = { clock.now }
    configure(&configuration)
    let server = Server(
      configuration: configuration, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    ) { ScriptedHandler(script: script, origin: $0) }
    let group = ServiceGroup(
      services: [server], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    let running = Task { try await group.run() }
    let addresses: [BoundAddress]
    do {
      addresses = try await server.boundAddresses
    } catch {
      try? await running.value
      throw error
    }
    let test = TestServer(server, script, clock, group, addresses)
    let end = Task {
      try await running.value
      test.ended.raise("ended")
    }
    do {
      try await body(test)
    } catch {
      await group.triggerGracefulShutdown()
      try? await end.value
      throw error
    }
    await group.triggerGracefulShutdown()
    try await end.value
  }
}
