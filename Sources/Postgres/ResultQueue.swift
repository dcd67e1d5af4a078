internal import DequeModule

/// What one connection in pipeline mode still has to receive, in order. Knows no libpq and does no I/O.
///
/// Per transaction the steps are: for each statement a prepare (if it is used first here) and an
/// execute, at last the sync. An error skips the rest up to the sync; an error at commit arrives at the
/// sync step before the sync itself. So a transaction has its answer at its sync and not before.
struct ResultQueue<Ticket, Value> {
  enum Step: Equatable {
    case prepare(PreparedStatements.Name)
    case execute(PreparedStatements.Name?)
    case sync
  }

  /// What came from the connection.
  enum Arrival {
    case value(Value)
    case failure(PostgresError)
    /// libpq's `PGRES_PIPELINE_ABORTED`: an earlier step of the transaction failed.
    case skipped
    case sync
  }

  /// What follows from an arrival.
  enum Event {
    case nothing
    case prepared(PreparedStatements.Name)
    /// The prepare failed or was skipped, or the plan is gone or stale.
    case invalidated(PreparedStatements.Name)
    case finished(Finished)
    /// The arrival does not fit what was sent: the connection is of no further use.
    case outOfStep
  }

  struct Finished {
    let ticket: Ticket
    let outcome: Result<[Value], PostgresError>
  }

  private struct InFlight {
    let ticket: Ticket
    let steps: [Step]
    var next = 0
    var values: [Value] = []
    var failure: PostgresError?
    /// The primary has committed; its standby has not confirmed it.
    var isUnconfirmed = false
  }

  private var transactions: Deque<InFlight> = []

  var count: Int {
    transactions.count
  }

  var isEmpty: Bool {
    transactions.isEmpty
  }

  /// The tickets of all transactions in flight, the oldest first.
  var tickets: some Sequence<Ticket> {
    transactions.lazy.map(\.ticket)
  }

  /// The oldest transaction's failure, while its sync is still to come.
  var headFailure: PostgresError? {
    transactions.first?.failure
  }

  /// Expects a transaction's results behind those already expected. `steps` ends with the sync.
  mutating func expect(_ ticket: Ticket, steps: [Step]) {
    var transaction = InFlight(ticket: ticket, steps: steps)
    transaction.values.reserveCapacity(steps.count - 1)
    transactions.append(transaction)
  }

  /// The server warned that the oldest transaction's commit is local only.
  mutating func headIsUnconfirmed() {
    guard !transactions.isEmpty else { return }
    transactions[0].isUnconfirmed = true
  }

  /// Takes one result in.
  mutating func receive(_ arrival: Arrival) -> Event {
    guard !transactions.isEmpty else { return .outOfStep }
    let step = transactions[0].steps[transactions[0].next]
    switch (arrival, step) {
    case (.sync, .sync):
      return .finished(finishHead())
    case (.failure(let error), .sync):
      // A deferred constraint, or a commit refused: the step stays, its sync follows.
      transactions[0].failure = transactions[0].failure ?? error
      return .nothing
    case (.sync, _), (_, .sync):
      return .outOfStep
    case (.value(let value), .execute):
      transactions[0].values.append(value)
      transactions[0].next += 1
      return .nothing
    case (.value, .prepare(let name)):
      transactions[0].next += 1
      return .prepared(name)
    case (.failure(let error), .execute(let name)):
      transactions[0].failure = transactions[0].failure ?? error
      transactions[0].next += 1
      guard let name, error.concernsPreparedStatement else { return .nothing }
      return .invalidated(name)
    case (.failure(let error), .prepare(let name)):
      transactions[0].failure = transactions[0].failure ?? error
      transactions[0].next += 1
      return .invalidated(name)
    case (.skipped, .execute):
      transactions[0].next += 1
      return .nothing
    case (.skipped, .prepare(let name)):
      transactions[0].next += 1
      return .invalidated(name)
    }
  }

  /// Forgets everything in flight and hands it out, the oldest first.
  mutating func removeAll() -> [Ticket] {
    defer { transactions.removeAll() }
    return transactions.map(\.ticket)
  }

  private mutating func finishHead() -> Finished {
    let head = transactions.removeFirst()
    if let failure = head.failure {
      return Finished(ticket: head.ticket, outcome: .failure(failure))
    }
    if head.isUnconfirmed {
      return Finished(
        ticket: head.ticket, outcome: .failure(PostgresError(.replicationUnconfirmed)))
    }
    return Finished(ticket: head.ticket, outcome: .success(head.values))
  }
}
