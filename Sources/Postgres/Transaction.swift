internal import Synchronization

/// One caller's request on its way through the engine: what to run, and the one-shot promise of an answer.
///
/// States: new -> queued <-> sent -> finished; a cancelled or late caller is answered at once, from any
/// state, and what comes from the server afterwards is thrown away. The continuation leaves the state
/// once, when it becomes finished: a checked one would prove the same again, at the cost of an object
/// a transaction.
final class Transaction: Sendable {
  typealias Reply = Result<[Rows], PostgresError>
  typealias Continuation = UnsafeContinuation<Reply, Never>

  /// What to run.
  enum Content: Sendable {
    case statements([BoundStatement])
    /// A whole script by the simple query protocol.
    case script([CChar])
  }

  private enum State {
    case new
    case queued(Continuation)
    case sent(Continuation)
    case finished
  }

  let content: Content
  let deadline: ContinuousClock.Instant?
  /// On whose behalf it is: where transactions have to wait, their owners take turns.
  let owner: Int64
  private let state = Mutex(State.new)

  init(_ content: Content, deadline: ContinuousClock.Instant? = nil, owner: Int64 = 0) {
    self.content = content
    self.deadline = deadline
    self.owner = owner
  }

  /// Whether the caller has its answer.
  var isFinished: Bool {
    state.withLock { state in
      if case .finished = state { true } else { false }
    }
  }

  /// Takes the caller's continuation; false, and an answer, if the caller was cancelled before.
  func queue(_ continuation: Continuation) -> Bool {
    let isQueued = state.withLock { state in
      guard case .new = state else { return false }
      state = .queued(continuation)
      return true
    }
    if !isQueued {
      continuation.resume(returning: .failure(PostgresError(.cancelled(outcome: .notSent))))
    }
    return isQueued
  }

  /// To be called before anything of it goes to libpq; false if nobody waits for it any more.
  func beginSending() -> Bool {
    state.withLock { state in
      guard case .queued(let continuation) = state else { return false }
      state = .sent(continuation)
      return true
    }
  }

  /// It certainly did not happen and may be sent again; false if nobody waits for it any more.
  func returnToQueue() -> Bool {
    state.withLock { state in
      switch state {
      case .sent(let continuation), .queued(let continuation):
        state = .queued(continuation)
        return true
      case .new, .finished:
        return false
      }
    }
  }

  /// Answers the caller, if it has no answer yet; the resumption is handed back to be batched.
  func finish(_ reply: Reply) -> Resumption? {
    finish { _ in reply }
  }

  /// Answers the caller with an error that knows whether the transaction was sent.
  func fail(_ kind: (TransactionOutcome) -> PostgresError.Kind) -> Resumption? {
    finish { .failure(PostgresError(kind($0))) }
  }

  private func finish(_ reply: (TransactionOutcome) -> Reply) -> Resumption? {
    state.withLock { state in
      switch state {
      case .new, .finished:
        state = .finished
        return nil
      case .queued(let continuation):
        state = .finished
        return Resumption(continuation: continuation, reply: reply(.notSent))
      case .sent(let continuation):
        state = .finished
        return Resumption(continuation: continuation, reply: reply(.unknown))
      }
    }
  }
}

/// An answer and who waits for it.
struct Resumption {
  let continuation: Transaction.Continuation
  let reply: Transaction.Reply

  func resume() {
    continuation.resume(returning: reply)
  }
}
