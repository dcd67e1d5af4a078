internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules
internal import Synchronization

/// What one connection is told of the feed, from a number on, in its order and without a gap.
///
/// A page is read, by the rights of that moment, only when the client has taken the one before; what is in
/// memory of it is never more than that.
final class EventSubscription: Sendable {
  private struct State {
    var task: Task<Void, Never>?
    var isOver = false
  }

  let tenant: Int64
  let principal: Principal
  let signal = EventSignal()
  private let start: Int64
  private let end: Timestamp?
  private let filter: EventFilter
  private let attempt: Attempt
  private let output: any NotificationOutput
  private let state = Mutex(State())

  /// What is told to the connection behind the number `start`, once it is begun.
  init(
    _ call: TenantCall, after start: Int64, _ filter: EventFilter, to output: any NotificationOutput
  ) {
    tenant = call.tenant
    principal = call.admission.principal
    end = call.admission.end
    self.start = start
    self.filter = filter
    self.output = output
    attempt = Attempt(
      method: EventMethods.subscribe, request: call.request, arguments: call.arguments,
      session: call.session, services: call.services, audited: call.audited)
  }

  private var session: ClientSession { attempt.session }
  private var feed: EventFeed { attempt.services.events }

  /// Begins to tell; once.
  func begin() {
    state.withLock { state in
      guard state.task == nil, !state.isOver else { return }
      feed.attach(self)
      state.task = Task { await self.run() }
    }
  }

  /// Nothing more is told.
  func cancel() {
    let task = state.withLock { state in
      state.isOver = true
      return state.task
    }
    task?.cancel()
    feed.detach(self)
  }

  /// Whether the principal may have ended without the company's version telling so.
  func mayBeOver(at now: Timestamp) -> Bool {
    if case .support = principal { return true }
    return end.map { $0 <= now } ?? false
  }

  private func run() async {
    var position = start
    while !Task.isCancelled, await output.hasRoom() {
      do {
        let after = position
        let page = try await attempt.onBehalf { [filter] call in
          try await EventPage.read(after: after, filter, call)
        }
        guard await tell(page.lines, while: { self.session.tells(self) }) else {
          if session.holds(self) { continue }
          return
        }
        position = page.position
        if page.isLast { await signal.wait() }
      } catch {
        guard let reason = Self.end(by: error) else {
          await signal.wait(atMost: feed.interval)
          continue
        }
        return await finish(reason, at: position)
      }
    }
  }

  private func tell(
    _ lines: [UInt8], while condition: @escaping @Sendable () -> Bool
  ) async -> Bool {
    lines.isEmpty ? condition() : await output.write(lines, while: condition)
  }

  /// Says why nothing more comes, unless the client has ended it itself.
  private func finish(_ reason: RPCError, at position: Int64) async {
    let parameters = RawJSON {
      $0.object {
        $0.member("sequence", position)
        $0.name("ended")
        $0.raw(reason.json)
      }
    }
    _ = await tell(
      Reply.notification(method: "event", parameters: parameters),
      while: { self.session.holds(self) })
    session.drop(self)
  }

  /// Why a subscription ends; nil where the same may succeed in a moment.
  private static func end(by error: any Error) -> RPCError? {
    if let error = error as? RPCError {
      let passing: [ErrorKind] = [.unavailable, .rateLimited]
      return passing.contains { $0.rawValue == error.kind } ? nil : error
    }
    if error is PostgresError || error is CancellationError { return nil }
    return .internalError(incident: "events")
  }
}
