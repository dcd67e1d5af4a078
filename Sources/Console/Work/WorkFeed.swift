internal import JSON
internal import JSONRPC
internal import Synchronization
internal import VoronkaClient

/// What the server tells of while somebody works: kept until it is looked at, and told of once until then.
final class WorkFeed: Sendable {
  private struct State {
    /// The last event that is known; nil before the first subscription.
    var sequence: Int64?
    var isTold = false
    var pipelines: Set<Int64> = []
    var isEverythingStale = false
  }

  private let state = Mutex(State())
  private let tell: @Sendable (WorkSignal) -> Void

  init(_ tell: @escaping @Sendable (WorkSignal) -> Void) {
    self.tell = tell
  }

  /// Subscribes over a new connection, from where the last one broke off, and tells when this one breaks.
  ///
  /// Where the plan has no events, or one's rights, only the end is told of.
  func follow(_ session: Session, number: Int) async throws {
    try await subscribe(session)
    let notifications = session.connection.notifications
    Task { [self] in
      do {
        for try await notification in notifications where notification.method == "event" {
          self.take(notification.params, from: number)
        }
        self.tell(.lost(number, reason: "the connection ended"))
      } catch {
        let reason = (error as? ConnectionError)?.message ?? "\(error)"
        self.tell(.lost(number, reason: reason))
      }
    }
  }

  private func subscribe(_ session: Session) async throws {
    var parameters = JSONObject()
    parameters["after"] = state.withLock { $0.sequence }.map { .integer($0) }
    do {
      let started = try await session.call("event.subscribe", .object(parameters))
      state.withLock { $0.sequence = $0.sequence ?? started["sequence"]?.int64 }
    } catch ConsoleFailure.server(let error)
      where error.kind == ErrorKind.invalid.rawValue && !parameters.isEmpty
    {
      // What came after the last event that is known is no longer kept: everything is read anew.
      state.withLock { $0.sequence = nil }
      try await subscribe(session)
    } catch ConsoleFailure.server(let error) where !WorkLine.isPassing(error) {
      // Without events the board is looked at as time passes.
    }
  }

  private func take(_ event: JSON, from number: Int) {
    if let ended = event["ended"] {
      let error = RPCError(ended: ended)
      guard WorkLine.isFinal(error) else { return }
      return tell(.refused(number, error))
    }
    let isFirst = state.withLock { state in
      state.sequence = event["sequence"]?.int64 ?? state.sequence
      switch event["noun"]?.string {
      case "lead", "deal", "note", "activity", "invoice":
        if let id = event["pipeline"]?.int64 ?? event["from"]?["pipeline"]?.int64 {
          state.pipelines.insert(id)
        } else {
          state.isEverythingStale = true
        }
      default: state.isEverythingStale = true
      }
      defer { state.isTold = true }
      return !state.isTold
    }
    if isFirst { tell(.told) }
  }

  /// Whether something happened, since the last time that this was asked, in that pipeline or, without one,
  /// anywhere.
  func takeNews(of pipeline: Int64?) -> Bool {
    state.withLock { state in
      defer { (state.isTold, state.isEverythingStale, state.pipelines) = (false, false, []) }
      guard let pipeline, !state.isEverythingStale else {
        return state.isEverythingStale || !state.pipelines.isEmpty
      }
      return state.pipelines.contains(pipeline)
    }
  }
}
