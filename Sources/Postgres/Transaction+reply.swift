extension Transaction {
  /// Suspends the caller until there is an answer.
  /// - Parameters:
  ///   - submit: hands it to the engine; false if the engine has ended.
  ///   - cancelled: called after a cancelled caller has been answered.
  func reply(
    submit: @Sendable () -> Bool, cancelled: @Sendable () -> Void
  ) async -> Reply {
    await withTaskCancellationHandler {
      await withUnsafeContinuation { continuation in
        guard queue(continuation) else { return }
        if !submit() { fail { _ in .closed }?.resume() }
      }
    } onCancel: {
      fail { .cancelled(outcome: $0) }?.resume()
      cancelled()
    }
  }
}
