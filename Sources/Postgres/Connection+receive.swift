internal import CLibPQ

extension Connection {
  /// Takes in what has arrived.
  func read() {
    var isAlive = PQconsumeInput(handle) == 1
    // A TLS record may be longer than what libpq reads at once, and the rest shows on no socket.
    while isAlive, TLSBuffer.hasPendingBytes(handle) {
      isAlive = PQconsumeInput(handle) == 1
    }
    receiveResults()
    guard case .open = state else { return }
    if let failure = results.headFailure, failure.isFatal {
      return close(PostgresError(.connectionLost(outcome: .unknown), message: failure.message))
    }
    // With nothing in flight nothing asks for what has come; the backend's last words would be read as
    // the answer to whatever is sent next.
    if inFlight == 0 { _ = PQisBusy(handle) }
    guard isAlive, !isEnding, PQstatus(handle) == CONNECTION_OK else { return close(lossError()) }
  }

  /// Hands on every result that is complete.
  private func receiveResults() {
    var wasEndOfCommand = false
    while case .open = state, inFlight > 0, PQisBusy(handle) == 0 {
      guard let result = PQgetResult(handle) else {
        if script != nil {
          finishScript()
          continue
        }
        // Every command ends with one; two in a row mean that libpq waits for nothing, and we do.
        guard !wasEndOfCommand else { return close(lossError()) }
        wasEndOfCommand = true
        continue
      }
      wasEndOfCommand = false
      receive(result)
    }
  }

  private func receive(_ result: OpaquePointer) {
    switch PQresultStatus(result) {
    case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
      receive(.value(Rows(result)))
    case PGRES_FATAL_ERROR:
      defer { PQclear(result) }
      guard let error = PostgresError(result: result) else { return close(lossError()) }
      receive(.failure(error))
    case PGRES_PIPELINE_ABORTED:
      PQclear(result)
      receive(.skipped)
    case PGRES_PIPELINE_SYNC:
      PQclear(result)
      receive(.sync)
    default:
      PQclear(result)
      close(PostgresError(.unsupported, message: "a statement asks for COPY"))
    }
  }

  private func receive(_ arrival: ResultQueue<Ticket, Rows>.Arrival) {
    guard script == nil else { return receiveForScript(arrival) }
    switch results.receive(arrival) {
    case .nothing:
      break
    case .prepared(let name):
      prepared.succeeded(name)
    case .invalidated(let name):
      prepared.invalidated(name)
    case .finished(let finished):
      finish(finished)
    case .outOfStep:
      close(PostgresError(.connectionLost(outcome: .unknown), message: "results out of step"))
    }
  }

  private func finish(_ finished: ResultQueue<Ticket, Rows>.Finished) {
    let (ticket, outcome) = (finished.ticket, finished.outcome)
    if case .failure(let error) = outcome, error.concernsPreparedStatement, usage.isShared,
      usage.preparesStatements, !ticket.isRepeated, !ticket.transaction.isFinished
    {
      // Rolled back by nothing but a stale plan: its caller need not know.
      return repeatUnprepared(ticket.transaction)
    }
    guard hasLeftTransactionOpen else {
      return loop.complete(ticket.transaction.finish(outcome))
    }
    // Nothing of it is committed, and closing will roll it back: no success to report.
    let error = PostgresError(.unsupported, message: "a statement has left its transaction open")
    loop.complete(ticket.transaction.finish(.failure(error)))
    close(error)
  }

  /// libpq knows it only while nothing is in flight.
  private var hasLeftTransactionOpen: Bool {
    guard usage.isShared, results.isEmpty else { return false }
    let status = PQtransactionStatus(handle)
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR
  }

  private func receiveForScript(_ arrival: ResultQueue<Ticket, Rows>.Arrival) {
    switch arrival {
    case .value(let rows): script?.rows.append(rows)
    case .failure(let error): if script?.failure == nil { script?.failure = error }
    case .skipped, .sync: break
    }
  }

  private func finishScript() {
    guard let script else { return }
    self.script = nil
    let isPipelining = PQenterPipelineMode(handle) == 1
    let isUnconfirmed = script.isUnconfirmed ? PostgresError(.replicationUnconfirmed) : nil
    if let failure = script.failure ?? isUnconfirmed {
      loop.complete(script.transaction.finish(.failure(failure)))
    } else {
      loop.complete(script.transaction.finish(.success(script.rows)))
    }
    if !isPipelining { close(lossError()) }
  }
}
