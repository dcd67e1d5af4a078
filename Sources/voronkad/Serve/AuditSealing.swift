internal import Features
internal import Logging
internal import ServiceLifecycle

/// Seals the audit every few seconds, and now and then what other servers left that ended before they
/// could.
struct AuditSealing: Service {
  private static let interval = Duration.seconds(10)
  private static let roundsForWhole = 60

  let dispatcher: Dispatcher
  let logger: Logger

  func run() async throws {
    var round = 0
    while !Task.isShuttingDownGracefully, !Task.isCancelled {
      do {
        if round.isMultiple(of: Self.roundsForWhole) {
          try await dispatcher.sealWholeAudit()
        } else {
          try await dispatcher.sealAudit()
        }
      } catch {
        logger.warning(
          "sealing the audit failed; it is tried again", metadata: ["error": "\(error)"])
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
