internal import JSON
internal import JSONRPC

/// Tries to connect until it comes about, nobody will be let in, or it is cancelled.
struct Reconnecting: Sendable {
  let open: @Sendable () async throws -> Session
  let feed: WorkFeed
  let backoff: Backoff
  let pause: @Sendable (Duration) async throws -> Void
  let tell: @Sendable (WorkSignal) -> Void

  /// Makes the connection of a number; what came of each attempt is told.
  func run(number: Int, asked: Duration?) async {
    var (attempt, asked) = (0, asked)
    while !Task.isCancelled {
      do {
        try await pause(backoff.delay(before: attempt, asked: asked))
        let session = try await open()
        try await feed.follow(session, number: number)
        return tell(.connected(number, session))
      } catch {
        if error is CancellationError { return }
        if case ConsoleFailure.server(let error) = error, !WorkLine.isPassing(error) {
          return tell(.refused(number, error))
        }
        attempt += 1
        asked = Self.wait(asked: error)
        tell(.failedAgain(number, attempts: attempt, reason: Self.reason(error)))
      }
    }
  }

  private static func wait(asked error: any Error) -> Duration? {
    guard case ConsoleFailure.server(let error) = error else { return nil }
    return error["retry_after_ms"]?.int64.map { .milliseconds($0) }
  }

  private static func reason(_ error: any Error) -> String {
    switch error {
    case ConsoleFailure.server(let error): error.message
    case ConsoleFailure.unreachable(let text), ConsoleFailure.usage(let text): text
    default: "\(error)"
    }
  }
}
