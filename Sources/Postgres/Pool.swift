public import Logging
public import ServiceLifecycle

/// A bounded set of connections on which many callers' transactions are in flight at once.
///
/// A transaction is a list of statements that is sent in one piece and committed or rolled back as one;
/// neighbours on the same connection do not affect each other. Connections that break are replaced in
/// the background. As a service it runs until graceful shutdown and then lets its work come to an end.
public final class Pool: Service {
  /// Takes the place of session parameters behind poolers that share sessions.
  private let prelude: BoundStatement?
  /// Keeps the thread alive.
  let engine: Engine
  let settings: ConnectionSettings
  private let core: PoolCore
  private let gauge = PoolGauge()

  /// A pool; it connects when it is run, waited for or first used.
  public init(
    engine: Engine, settings: ConnectionSettings, configuration: Configuration = Configuration(),
    logger: Logger
  ) {
    self.engine = engine
    self.settings = settings
    prelude = settings.transactionPrelude
    core = PoolCore(
      loop: engine.loop, settings: settings, configuration: configuration, logger: logger,
      gauge: gauge)
  }

  deinit {
    core.loop.perform { [core] in core.close(draining: false, OneShotSignal()) }
  }

  /// Runs statements as one transaction, in one round trip, and returns their results in order.
  ///
  /// The first statement that fails rolls back all and is thrown; so does a constraint that is checked
  /// at commit. Success is reported only when the commit is. Transaction commands and COPY are refused
  /// before anything is sent. Cancelling the task or passing the deadline answers the caller at once; what was sent
  /// goes on at the server, to its `statement_timeout` at most.
  /// - Parameters:
  ///   - owner: on whose behalf it is, any number: when transactions have to wait for a place, their
  ///     owners take turns, so that nobody's many delay another's few.
  ///   - deadline: how long the caller will wait in all; `nil` for as long as it takes.
  public func transaction(
    _ statements: [BoundStatement], onBehalfOf owner: Int64 = 0, deadline: Duration? = nil
  ) async throws(PostgresError) -> [Rows] {
    for statement in statements {
      if let failure = statement.parameters.failure ?? statement.definition.refusal {
        throw failure
      }
    }
    let transaction = Transaction(
      .statements(prelude.map { [$0] + statements } ?? statements),
      deadline: deadline.map { .now + $0 }, owner: owner)
    let core = core
    let results = try await transaction.reply(
      submit: { core.loop.perform { core.submit(transaction) } },
      cancelled: { core.loop.perform { core.noteAbandoned() } }
    ).get()
    return prelude == nil ? results : Array(results.dropFirst())
  }

  /// Begins to connect, if nothing has yet.
  public func start() {
    core.loop.perform { [core] in core.start() }
  }

  /// Returns when the database has answered; throws `unavailable`, with the reason, if it does not in time.
  public func waitUntilReady(timeout: Duration = .seconds(30)) async throws(PostgresError) {
    let end = ContinuousClock.now + timeout
    while true {
      do {
        _ = try await transaction([PoolStatements.probe()], deadline: end - .now)
        return
      } catch {
        switch error.kind {
        case .unavailable, .connectionLost, .poolExhausted:
          guard ContinuousClock.now < end else { throw error }
          // A full queue refuses at once.
          try? await Task.sleep(for: .milliseconds(10))
        case .deadlineExceeded:
          let reason = health.lastErrorMessage ?? "no answer within \(timeout)"
          throw PostgresError(.unavailable, message: reason)
        default:
          throw error
        }
      }
    }
  }

  /// The pool's state; does not wait for anything.
  public var health: Health {
    gauge.health
  }

  /// Serves until graceful shutdown, then drains and closes; when cancelled, closes at once.
  public func run() async throws {
    start()
    try? await gracefulShutdown()
    await close(draining: !Task.isCancelled)
  }

  /// Takes nothing new and returns when all is closed.
  /// - Parameter draining: whether what was taken may come to its end first, within `drainTimeout`.
  public func close(draining: Bool = true) async {
    let signal = OneShotSignal()
    let core = core
    guard core.loop.perform({ core.close(draining: draining, signal) }) else { return }
    await signal.wait()
  }
}
