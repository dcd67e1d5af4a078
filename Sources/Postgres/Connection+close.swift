internal import CLibPQ

extension Connection {
  /// Closes the connection for good; everything in flight gets its answer or is handed back unsent.
  /// - Parameter error: what those in flight get whose fate is not known better.
  func close(_ error: PostgresError) {
    if case .closed = state { return }
    state = .closed
    connectTimer?.cancel()
    if let handle {
      let socket = PQsocket(handle)
      if socket >= 0 { loop.forget(socket) }
      PQfinish(handle)
    }
    handle = nil
    loop.remove(token)
    let unsent = answerInFlight(error) + unsent
    self.unsent = []
    owner?.connectionDidClose(self, error: error, unsent: unsent)
  }

  /// Answers what was in flight, and returns what certainly did not happen.
  private func answerInFlight(_ error: PostgresError) -> [Transaction] {
    if let script {
      loop.complete(script.transaction.finish(.failure(script.failure?.ifOrdinary ?? error)))
    }
    script = nil
    let failure = results.headFailure
    var transactions = results.removeAll().map(\.transaction)
    guard !transactions.isEmpty else { return [] }
    // An ordinary error has rolled the oldest one back, whatever became of the connection.
    let head = transactions.removeFirst()
    loop.complete(head.finish(.failure(failure?.ifOrdinary ?? error)))
    // The backend works in order and said while at the oldest one that it ends: it has not begun the rest.
    if failure?.isTermination == true { return transactions }
    for transaction in transactions {
      loop.complete(transaction.finish(.failure(error.forNeighbours)))
    }
    return []
  }
}

extension PostgresError {
  /// The session ends with this error.
  var isFatal: Bool {
    fields.isFatal
  }

  /// The error, unless the session ended with it: then it says nothing about what was committed.
  fileprivate var ifOrdinary: PostgresError? {
    isFatal ? nil : self
  }

  /// What those get who only shared the connection with a statement that the engine does not speak.
  fileprivate var forNeighbours: PostgresError {
    guard case .unsupported = kind else { return self }
    return PostgresError(.connectionLost(outcome: .unknown), message: message)
  }

  /// The backend itself, not a pooler on its behalf, says that it was told to end.
  fileprivate var isTermination: Bool {
    isFatal && sqlState == .adminShutdown && fields.sourceFunction == "ProcessInterrupts"
  }
}
