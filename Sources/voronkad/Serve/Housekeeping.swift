internal import Features
internal import Logging
internal import ServiceLifecycle

/// Clears away, every ten minutes, what has run out: idempotency keys after their day, ended sessions.
struct Housekeeping: Service {
  let dispatcher: Dispatcher
  let logger: Logger

  func run() async throws {
    while !Task.isShuttingDownGracefully, !Task.isCancelled {
      do {
        try await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(600)) }
      } catch {
        return
      }
      do {
        try await dispatcher.clearAway()
      } catch {
        logger.warning("clearing away failed; it is tried again", metadata: ["error": "\(error)"])
      }
    }
  }
}
