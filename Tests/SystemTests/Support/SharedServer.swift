internal import TestSupport

/// One server for the tests that leave it running.
enum SharedServer {
  private static let started = Task { try await RunningServer.start() }

  /// The server, started when it is first asked for.
  static func get() async throws -> RunningServer { try await started.value }
}
