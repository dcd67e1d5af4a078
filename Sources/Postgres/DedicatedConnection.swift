/// A connection of one's own, which keeps its session: for migrations, advisory locks and tests.
///
/// What is asked of it is done one thing after another. It does not reconnect: once it is lost, every
/// request fails with `closed`.
public final class DedicatedConnection: Sendable {
  /// Keeps the thread alive.
  private let engine: Engine
  private let core: DedicatedCore

  private init(engine: Engine, core: DedicatedCore) {
    self.engine = engine
    self.core = core
  }

  deinit {
    core.loop.perform { [core] in core.close() }
  }

  /// Connects; throws `unavailable` with the server's or libpq's reason.
  public static func connect(
    _ settings: ConnectionSettings, engine: Engine
  ) async throws(PostgresError) -> DedicatedConnection {
    let core = DedicatedCore(loop: engine.loop, settings: settings)
    let connection = DedicatedConnection(engine: engine, core: core)
    let opening = Transaction(.statements([]))
    _ = try await opening.reply(
      submit: { core.loop.perform { core.open(opening) } },
      cancelled: { core.loop.perform { core.close() } }
    ).get()
    return connection
  }

  /// Runs statements in one round trip and as one transaction, or as a part of the transaction that was
  /// begun on this connection before.
  public func execute(
    _ statements: [BoundStatement], deadline: Duration? = nil
  ) async throws(PostgresError) -> [Rows] {
    for statement in statements {
      if let failure = statement.parameters.failure { throw failure }
    }
    return try await run(.statements(statements), deadline: deadline)
  }

  /// Runs SQL text of any origin by the simple query protocol: for migration files and bootstrap only.
  ///
  /// Several statements may stand in it; without transaction commands of its own they are one
  /// transaction. It takes no parameters: never build the text from anybody's input. Returns one result
  /// for each statement; the first error ends it.
  public func executeScript(
    _ sql: String, deadline: Duration? = nil
  ) async throws(PostgresError) -> [Rows] {
    guard !sql.utf8.contains(0) else {
      throw PostgresError(.invalidParameter, message: "the script contains NUL")
    }
    return try await run(.script(Array(sql.utf8CString)), deadline: deadline)
  }

  /// Closes the session, which releases its locks; what is under way is lost.
  public func close() async {
    let signal = OneShotSignal()
    let core = core
    let isTaken = core.loop.perform {
      core.close()
      signal.fire()
    }
    if isTaken { await signal.wait() }
  }

  private func run(
    _ content: Transaction.Content, deadline: Duration?
  ) async throws(PostgresError) -> [Rows] {
    let transaction = Transaction(content, deadline: deadline.map { .now + $0 })
    let core = core
    return try await transaction.reply(
      submit: { core.loop.perform { core.submit(transaction) } }, cancelled: {}
    ).get()
  }
}
