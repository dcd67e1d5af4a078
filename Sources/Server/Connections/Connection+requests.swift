internal import CoreMetrics
internal import JSON
internal import JSONRPC
internal import NIOCore

/// Requests are carried out one after another, by a task that lives while there are any.
extension Connection {
  /// How many requests run before other connections have their turn.
  private static let turn = 64

  /// Carries out what waits, unless that happens already.
  func startWork() {
    guard !isWorking else { return }
    guard let message = nextMessage() else { return settle() }
    isWorking = true
    let task = Task.immediate(executorPreference: loop.executor) { await carryOut(message) }
    if isWorking { work = task }
  }

  private func carryOut(_ first: Incoming) async {
    var message: Incoming? = first
    var count = 0
    while let current = message {
      await answer(current)
      lastActivity = core.now
      message = nextMessage()
      guard message != nil else { break }
      scheduleFlush()
      count += 1
      if count.isMultiple(of: Self.turn) { await Task.yield() }
    }
    isWorking = false
    work = nil
    settle()
  }

  /// The next line's message. None while the client does not take what was answered.
  private func nextMessage() -> Incoming? {
    switch phase {
    case .open, .finishing: break
    default: return nil
    }
    guard let context, context.channel.isWritable else { return nil }
    switch input.next(isAtEnd: isAtEnd) {
    case .line(let line):
      core.metrics.lines.increment()
      return line.withUnsafeReadableBytes { core.configuration.envelopeReader.read($0) }
    case .incomplete:
      return nil
    case .tooLong:
      refuseLine()
      return nil
    }
  }

  /// Whether what is left of the input is all that will come.
  private var isAtEnd: Bool { isInputClosed && !isInputTruncated }

  private func refuseLine() {
    let limit = limits.lineBytes
    let message = "A line holds at most \(limit) bytes. Send less at once, on a new connection."
    append(.failure(.invalidRequest(message, limit: limit)), id: nil)
    input.removeAll()
    reason = .lineTooLong
    phase = .finishing(isInputClosed ? .close : .linger)
  }

  /// There is nothing to do just now: writes what was answered and sees what that makes possible.
  func settle() {
    flush()
    switch phase {
    case .closed:
      leave()
    case .open, .finishing:
      if input.hasNext(isAtEnd: isAtEnd) {
        guard let context, context.channel.isWritable else { return }
        // Not from here: a client that takes much would nest this ever deeper.
        loop.eventLoop.execute { self.startWork() }
      } else if case .finishing(let ending) = phase {
        end(ending)
      }
    case .handshaking, .flushing, .lingering:
      break
    }
    resumeReading()
  }

  private func answer(_ message: Incoming) async {
    switch message {
    case .single(.failure(let failure)):
      append(.failure(failure.error), id: failure.id)
    case .single(.success(let request)):
      let outcome = await outcome(of: request, isInBatch: false)
      if let id = request.id { append(outcome, id: id) }
    case .batch(let elements):
      if let line = Reply.line(batch: await replies(to: elements)) { append(line) }
    }
  }

  private func outcome(
    of request: Request, isInBatch: Bool
  ) async -> Result<RawJSON, RPCError> {
    guard let handler, !isCutShort else {
      return .failure(
        .unavailable(
          retryAfterMilliseconds: 1000, "The server is stopping. Try again in a moment."))
    }
    return await handler.respond(to: request, isInBatch: isInBatch)
  }

  /// Carries out a batch's elements side by side, some at a time.
  private func replies(
    to elements: [Result<Request, EnvelopeError>]
  ) async -> [(id: RequestID?, outcome: Result<RawJSON, RPCError>)] {
    typealias Outcome = Result<RawJSON, RPCError>
    var outcomes = [Outcome?](repeating: nil, count: elements.count)
    var bytes = 0
    await withTaskGroup(of: (index: Int, outcome: Outcome).self) { group in
      var running = 0
      for (index, element) in elements.enumerated() {
        guard case .success(let request) = element else { continue }
        if running == limits.batchWidth, let done = await group.next() {
          running -= 1
          bytes += done.outcome.byteCount
          outcomes[done.index] = done.outcome
        }
        if bytes > limits.batchReplyBytes {
          outcomes[index] = .failure(
            .invalidRequest(
              "The replies of one batch are too large. This was not carried out: send it again "
                + "in a smaller batch.", limit: limits.batchReplyBytes))
          continue
        }
        running += 1
        group.addTask { (index, await self.outcome(of: request, isInBatch: true)) }
      }
      for await done in group { outcomes[done.index] = done.outcome }
    }
    return zip(elements, outcomes).compactMap { element, outcome in
      switch element {
      case .failure(let failure): (failure.id, .failure(failure.error))
      case .success(let request):
        if let id = request.id, let outcome { (id, outcome) } else { nil }
      }
    }
  }
}

extension Result where Success == RawJSON, Failure == RPCError {
  fileprivate var byteCount: Int {
    if case .success(let result) = self { result.bytes.count } else { 0 }
  }
}
