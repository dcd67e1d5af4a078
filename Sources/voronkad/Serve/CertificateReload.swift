internal import Logging
internal import Server
internal import ServiceLifecycle
internal import UnixSignals

/// Reads certificates and keys anew on SIGHUP.
struct CertificateReload: Service {
  let server: Server
  let logger: Logger

  func run() async throws {
    let signals = await UnixSignalsSequence(trapping: .sighup)
    for await _ in signals.cancelOnGracefulShutdown() {
      do {
        try server.reloadCertificates()
        logger.notice("certificates read anew")
      } catch {
        logger.error("certificates stay as they were", metadata: ["error": "\(error)"])
      }
    }
  }
}
