internal import Features
internal import Logging
internal import ServiceLifecycle

/// Indexes, every few seconds, what can't be found yet, and now and then what other servers left.
struct SearchIndexing: Service {
  private static let interval = Duration.seconds(5)
  private static let roundsForWhole = 120

  let dispatcher: Dispatcher
  let logger: Logger

  func run() async throws {
    var round = 0
    while !Task.isShuttingDownGracefully, !Task.isCancelled {
      do {
        let isWhole = round.isMultiple(of: Self.roundsForWhole)
        try await cancelWhenGracefulShutdown {
          if isWhole {
            try await dispatcher.indexWholeBacklog()
          } else {
            try await dispatcher.indexBacklog()
          }
        }
      } catch is CancellationError {
        return
      } catch {
        logger.warning("indexing failed; it is tried again", metadata: ["error": "\(error)"])
        round = -1
      }
      round += 1
      do {
        try await cancelWhenGracefulShutdown { try await Task.sleep(for: Self.interval) }
      } catch {
        return
      }
    }
  }
}
