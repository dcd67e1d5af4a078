public import JSON
public import JSONRPC
internal import Synchronization

/// What a client without a socket is told unasked. It takes everything, unless it is told not to.
public final class TestOutput: NotificationOutput {
  private struct State {
    var lines: [[UInt8]] = []
    var isFull = false
    var isClosed = false
    var waitingForRoom: [CheckedContinuation<Bool, Never>] = []
    var asker: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  init() {}

  /// Waits until it takes something again.
  public func hasRoom() async -> Bool {
    await withCheckedContinuation { continuation in
      let answer: Bool? = state.withLock { state in
        if state.isClosed { return false }
        if !state.isFull { return true }
        state.waitingForRoom.append(continuation)
        return nil
      }
      if let answer { continuation.resume(returning: answer) }
    }
  }

  /// Takes lines.
  public func write(
    _ lines: [UInt8], while condition: @escaping @Sendable () -> Bool
  ) async -> Bool {
    let (isWritten, asker) = state.withLock { state in
      guard !state.isClosed, condition() else {
        return (false, nil as CheckedContinuation<Void, Never>?)
      }
      state.lines += lines.split(separator: UInt8(ascii: "\n")).map(Array.init)
      defer { state.asker = nil }
      return (true, state.asker)
    }
    asker?.resume()
    return isWritten
  }

  /// Takes nothing more for now, or again.
  public func fill(_ isFull: Bool) {
    let waiting = state.withLock { state in
      state.isFull = isFull
      guard !isFull else { return [] as [CheckedContinuation<Bool, Never>] }
      defer { state.waitingForRoom = [] }
      return state.waitingForRoom
    }
    for continuation in waiting { continuation.resume(returning: true) }
  }

  /// The connection's end, as far as it is told of it.
  public func close() {
    let waiting = state.withLock { state in
      state.isClosed = true
      defer { state.waitingForRoom = [] }
      return state.waitingForRoom
    }
    for continuation in waiting { continuation.resume(returning: false) }
  }

  /// How many wait to tell something.
  public var waiting: Int { state.withLock { $0.waitingForRoom.count } }

  /// How many lines have come that were not asked for.
  public var count: Int { state.withLock { $0.lines.count } }

  /// The params of the next event; waits for it, until the task is cancelled.
  public func next() async throws -> JSON {
    while true {
      if let line = takeFirst() {
        let message = try JSONReader().read(line)
        return message["method"] == "event" ? message["params"] ?? .null : .null
      }
      try Task.checkCancellation()
      await withTaskCancellationHandler {
        await withCheckedContinuation { continuation in
          let isThere = state.withLock { state in
            guard state.lines.isEmpty, !Task.isCancelled else { return true }
            state.asker = continuation
            return false
          }
          if isThere { continuation.resume() }
        }
      } onCancel: {
        let asker = state.withLock { state in
          defer { state.asker = nil }
          return state.asker
        }
        asker?.resume()
      }
    }
  }

  /// So many of them.
  public func next(_ count: Int) async throws -> [JSON] {
    var events: [JSON] = []
    while events.count < count { events.append(try await next()) }
    return events
  }

  private func takeFirst() -> [UInt8]? {
    state.withLock { $0.lines.isEmpty ? nil : $0.lines.removeFirst() }
  }
}
