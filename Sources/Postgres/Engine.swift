public import ServiceLifecycle

/// One thread that drives all connections of the pools made with it, waiting on all their sockets at once.
///
/// Callers suspend; neither they nor an event loop ever wait for a socket. One engine serves a process.
/// In a service group it stands before its pools, so that it is shut down after them.
public final class Engine: Service {
  let loop: EngineLoop
  private let ended = OneShotSignal()

  /// Starts the thread. Throws `unavailable` if the system has no descriptor or thread left.
  public init() throws(PostgresError) {
    loop = try EngineLoop()
    let isRunning = Thread.spawn(named: "postgres") { [loop, ended] in
      loop.run()
      ended.fire()
    }
    guard isRunning else { throw PostgresError(.unavailable, message: "no thread to be had") }
  }

  deinit {
    loop.perform { [loop] in loop.stop() }
  }

  /// Returns at graceful shutdown or cancellation, when the thread has ended.
  public func run() async throws {
    try? await gracefulShutdown()
    await shutdown()
  }

  /// Closes what is still open and returns when the thread has done its last; requests in flight get
  /// their truthful errors. Close the pools first, then nothing is in flight.
  public func shutdown() async {
    loop.perform { [loop] in loop.stop() }
    await ended.wait()
  }
}
