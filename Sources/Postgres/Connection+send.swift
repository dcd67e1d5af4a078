internal import CLibPQ

extension Connection {
  /// Sends a transaction: all its statements and one sync, in one go.
  ///
  /// The caller has checked `canSend`. A transaction whose caller is gone is dropped silently.
  func send(_ transaction: Transaction) {
    guard transaction.beginSending() else { return }
    switch transaction.content {
    case .statements(let statements):
      send(statements, for: Ticket(transaction: transaction, isRepeated: false))
    case .script(let text):
      send(script: text, for: transaction)
    }
  }

  /// Sends a transaction's statements again, without names: that works whatever the session has prepared.
  func repeatUnprepared(_ transaction: Transaction) {
    guard case .statements(let statements) = transaction.content else { return }
    send(statements, for: Ticket(transaction: transaction, isRepeated: true))
  }

  private func send(_ statements: [BoundStatement], for ticket: Ticket) {
    typealias Step = ResultQueue<Ticket, Rows>.Step
    var steps: [Step] = []
    steps.reserveCapacity(statements.count + 1)
    var isSent = true
    for statement in statements where isSent {
      guard usage.preparesStatements && !ticket.isRepeated else {
        isSent = sendUnnamed(statement)
        steps.append(.execute(nil))
        continue
      }
      switch prepared.use(statement.definition.index) {
      case .prepareFirst(let name):
        isSent = sendPrepare(statement, name) && sendExecute(statement, name)
        steps.append(.prepare(name))
        steps.append(.execute(name))
      case .prepared(let name):
        isSent = sendExecute(statement, name)
        steps.append(.execute(name))
      }
    }
    guard isSent, PQpipelineSync(handle) == 1 else {
      // Without its sync it cannot have been committed.
      unsent.append(ticket.transaction)
      return giveUp()
    }
    steps.append(.sync)
    results.expect(ticket, steps: steps)
    flush()
  }

  private func sendPrepare(_ statement: BoundStatement, _ name: PreparedStatements.Name) -> Bool {
    statement.definition.withName(generation: name.generation) { name in
      PQsendPrepare(handle, name, statement.definition.terminatedText, 0, nil) == 1
    }
  }

  private func sendExecute(_ statement: BoundStatement, _ name: PreparedStatements.Name) -> Bool {
    statement.definition.withName(generation: name.generation) { name in
      statement.parameters.withValues { values in
        PQsendQueryPrepared(
          handle, name, Int32(statement.parameters.count), values, nil, nil, 0) == 1
      }
    }
  }

  private func sendUnnamed(_ statement: BoundStatement) -> Bool {
    statement.parameters.withValues { values in
      PQsendQueryParams(
        handle, statement.definition.terminatedText, Int32(statement.parameters.count), nil, values,
        nil, nil, 0) == 1
    }
  }

  /// The simple query protocol knows no pipeline: the mode is left for the script's time.
  private func send(script text: [CChar], for transaction: Transaction) {
    guard PQexitPipelineMode(handle) == 1, PQsendQuery(handle, text) == 1 else {
      unsent.append(transaction)
      return close(lossError())
    }
    script = Script(transaction: transaction)
    flush()
  }
}
