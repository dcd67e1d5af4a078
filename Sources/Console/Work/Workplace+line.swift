internal import Foundation
internal import Glibc
internal import JSON
internal import JSONRPC

/// Asking the server, and waiting for it and for keys at once.
extension Workplace {
  /// How often a request is sent again before its own doing is suspected.
  private static let mostAttempts = 5

  /// Asks for something.
  func call(_ method: String, _ params: JSON? = nil) async throws -> JSON {
    try await online { try await $0.call(method, params) }
  }

  /// All items of a list.
  func items(_ method: String, _ params: JSONObject = JSONObject()) async throws -> [JSON] {
    try await online { try await $0.items(method, params) }
  }

  /// Changes something, once: where the connection broke before the answer, the request is repeated under
  /// the same key.
  func change(_ method: String, _ params: JSONObject) async throws -> JSON {
    var params = params
    params["idempotency_key"] = .string("work-" + UUID().uuidString)
    let whole = JSON.object(params)
    return try await online(isStep: true) { try await $0.call(method, whole) }
  }

  /// Does something over the connection, over the next one where it breaks, and so on.
  func online<Value: Sendable>(
    isStep: Bool = false, _ work: @escaping @Sendable (Session) async throws -> Value
  ) async throws -> Value {
    var attempts = 0
    while true {
      let session = try await connected(isStep: isStep && attempts > 0)
      let number = line.number
      attempts += 1
      do {
        return try await answer(to: Task { try await work(session) }, isStep: isStep)
      } catch ConsoleFailure.unreachable(let reason) where attempts < Self.mostAttempts {
        line.lose(number, reason: reason)
      } catch ConsoleFailure.unreachable(let reason) {
        line.lose(number, reason: reason)
        throw ConsoleFailure.usage("It broke off \(attempts) times: \(reason).")
      } catch ConsoleFailure.server(let error) {
        guard !WorkLine.isFinal(error) else { throw Self.ending(error) }
        guard Self.isUnavailable(error) else { throw ConsoleFailure.server(error) }
        let asked = error["retry_after_ms"]?.int64.map { Duration.milliseconds($0) }
        line.lose(number, reason: error.message, asked: asked)
      }
    }
  }

  private static func isUnavailable(_ error: RPCError) -> Bool {
    [ErrorKind.unavailable.rawValue, ErrorKind.unknownOutcome.rawValue].contains(error.kind)
  }

  /// Why nobody is let in any more, as the last words of the work.
  private static func ending(_ error: RPCError) -> ConsoleFailure {
    error.kind == ErrorKind.unauthenticated.rawValue
      ? .incomplete("Your session has ended: log in again with voronka login.")
      : .server(error)
  }

  // MARK: - Waiting

  /// The session, as soon as there is one.
  private func connected(isStep: Bool) async throws -> Session {
    while true {
      if let session = line.session { return session }
      redraw()
      try await wait(isStep: isStep)
    }
  }

  /// What a request comes to, while keys are kept for later.
  private func answer<Value: Sendable>(
    to request: Task<Value, any Error>, isStep: Bool
  ) async throws -> Value {
    requests += 1
    let number = requests
    Task { [tell] in
      _ = await request.result
      tell(.answered(number))
    }
    do {
      while true {
        if case .answered(number) = try await wait(isStep: isStep) {
          return try await request.value
        }
      }
    } catch {
      request.cancel()
      throw error
    }
  }

  /// The next signal, while something has to be waited for that no key can hasten.
  @discardableResult
  private func wait(isStep: Bool) async throws -> WorkSignal {
    let signal = try await signal()
    switch signal {
    case .key(.interrupt): throw WorkEnd.signal(SIGINT)
    case .key(let key) where !line.isUp && typedAhead.isEmpty && key.command == .character("q"):
      throw WorkEnd.left(isStepOpen: isStep)
    case .key(let key): typedAhead.append(key)
    case .noMoreKeys:
      hasNoMoreKeys = true
      if !line.isUp { throw WorkEnd.left(isStepOpen: isStep) }
    case .tick: isStale = true
    default: break
    }
    return signal
  }

  /// The next signal, after what concerns the screen and the connection was seen to.
  private func signal() async throws -> WorkSignal {
    guard let signal = await waiting.next(isolation: #isolation) else {
      throw WorkEnd.left(isStepOpen: false)
    }
    switch signal {
    case .resized: redraw()
    case .suspended:
      screen.close()
      terminal?.suspend()
      screen.open()
      redraw()
    case .continued:
      terminal?.resume()
      screen.open()
      redraw()
    case .endedBy(let number): throw WorkEnd.signal(number)
    case .lost(let number, let reason):
      line.lose(number, reason: reason)
      redraw()
    case .failedAgain(let number, let attempts, let reason):
      line.failedAgain(number, attempts: attempts, reason: reason)
      redraw()
    case .connected(let number, let session):
      line.connected(number, session)
      (isStale, status) = (true, "Connected again.")
      redraw()
    case .refused(let number, let error):
      if number == line.number { throw Self.ending(error) }
    case .key, .noMoreKeys, .told, .answered, .tick: break
    }
    return signal
  }

  /// The next key; what is looked at follows what others do meanwhile. Nil once there are no more.
  func nextKey() async throws -> Key? {
    while true {
      try await refresh()
      if !typedAhead.isEmpty { return typedAhead.removeFirst() }
      if hasNoMoreKeys { return nil }
      switch try await signal() {
      case .key(let key): typedAhead.append(key)
      case .noMoreKeys: hasNoMoreKeys = true
      case .tick: isStale = true
      default: break
      }
    }
  }

  /// Looks anew, where something happened and there is a connection.
  private func refresh() async throws {
    guard line.isUp else { return }
    let isNews = line.feed.takeNews(of: view == .board ? pipeline["id"]?.int64 : nil)
    guard isStale || isNews else { return }
    let status = status
    do {
      try await reload()
    } catch ConsoleFailure.server(let error) {
      // What was looked at is no longer for these eyes, or too much was asked for: the last look stays.
      self.status = TerminalText.line(error.message)
      return redraw()
    }
    self.status = status
    redraw()
  }

  /// A key while something is being asked: what is looked at waits.
  func keyWhileAsking() async throws -> Key {
    while true {
      if !typedAhead.isEmpty { return typedAhead.removeFirst() }
      if hasNoMoreKeys { return .endOfInput }
      switch try await signal() {
      case .key(let key): return key
      case .noMoreKeys: hasNoMoreKeys = true
      case .tick: isStale = true
      default: break
      }
    }
  }
}
