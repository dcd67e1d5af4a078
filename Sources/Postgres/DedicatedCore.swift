internal import DequeModule

/// A dedicated connection's side on the engine's thread.
///
/// `@unchecked Sendable`: touched on the engine's thread only, once `DedicatedConnection` has handed it
/// over by `perform`.
final class DedicatedCore: @unchecked Sendable, ConnectionOwner {
  let loop: EngineLoop
  private let settings: ConnectionSettings
  private var connection: Connection?
  /// The caller that waits for the connection to open.
  private var opening: Transaction?
  private var waiting: Deque<Transaction> = []

  init(loop: EngineLoop, settings: ConnectionSettings) {
    self.loop = loop
    self.settings = settings
  }

  func open(_ transaction: Transaction) {
    opening = transaction
    // Without names: a session that migrates its schema would only collect stale plans.
    let connection = Connection(
      loop: loop, settings: settings,
      usage: Connection.Usage(preparesStatements: false, isShared: false), owner: self)
    self.connection = connection
    loop.onStop(of: self) { [weak self] in self?.close() }
    connection.connect()
  }

  func submit(_ transaction: Transaction) {
    guard connection != nil else { return loop.complete(transaction.fail { _ in .closed }) }
    if let deadline = transaction.deadline {
      _ = loop.schedule(at: deadline) { [loop, weak transaction] in
        loop.complete(transaction?.fail { .deadlineExceeded(outcome: $0) })
      }
    }
    waiting.append(transaction)
    dispatch()
  }

  func close() {
    connection?.close(
      PostgresError(.connectionLost(outcome: .unknown), message: "the connection was closed"))
  }

  func connectionDidOpen(_ connection: Connection) {
    loop.complete(opening?.finish(.success([])))
    opening = nil
    dispatch()
  }

  func connectionHasRoom(_ connection: Connection) {
    dispatch()
  }

  func connectionDidClose(
    _ connection: Connection, error: PostgresError, unsent: [Transaction]
  ) {
    self.connection = nil
    loop.onStop(of: self, nil)
    loop.complete(opening?.finish(.failure(error)))
    opening = nil
    for transaction in unsent {
      loop.complete(transaction.fail { _ in .connectionLost(outcome: .notSent) })
    }
    for transaction in waiting { loop.complete(transaction.fail { _ in .closed }) }
    waiting.removeAll()
  }

  private func dispatch() {
    while let connection, connection.canSend, connection.inFlight == 0,
      let transaction = waiting.popFirst()
    {
      connection.send(transaction)
    }
  }
}
