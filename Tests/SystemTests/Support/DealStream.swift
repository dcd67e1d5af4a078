internal import JSON
internal import JSONRPC
internal import Synchronization
internal import VoronkaClient

/// A stream of `deal.create` over several connections at once, with a book of what was answered.
///
/// Every deal has a title of its own. Each connection goes on until it breaks or the stream is stopped;
/// what is refused for the moment is sent again as long as a key makes that safe.
final class DealStream: Sendable {
  /// What is known of a deal.
  enum Fate: Equatable {
    /// It was acknowledged under this number.
    case made(Int64)
    /// It was answered that nothing was done.
    case refused
    /// It was answered that nobody knows.
    case unknown
    /// No answer came.
    case unanswered
  }

  private struct Book {
    var fates: [String: Fate] = [:]
    var errors: [String: Int] = [:]
    var made = 0
    var isStopped = false
    var waiting: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
  }

  private let company: WireCompany
  private let hasKeys: Bool
  private let book = Mutex(Book())
  private let workers = Mutex<[Task<Void, any Error>]>([])

  init(_ company: WireCompany, hasKeys: Bool) {
    self.company = company
    self.hasKeys = hasKeys
  }

  /// Begins to send.
  func start(connections: Int, name: String = "deal") async throws {
    for number in 0..<connections {
      let connection = try await company.connect()
      let task = Task {
        do {
          try await work(connection, name: "\(name) \(number)")
        } catch {
          // Nobody should wait for what does not come any more.
          end()
          throw error
        }
      }
      workers.withLock { $0.append(task) }
    }
  }

  /// What became of each deal.
  var fates: [String: Fate] { book.withLock { $0.fates } }

  /// How often each kind of error was answered.
  var errors: [String: Int] { book.withLock { $0.errors } }

  /// Waits until so many more deals have been acknowledged, or the stream has broken off.
  func more(_ count: Int) async {
    await withCheckedContinuation { continuation in
      let isOver = book.withLock { book in
        if book.isStopped { return true }
        book.waiting.append((book.made + count, continuation))
        return false
      }
      if isOver { continuation.resume() }
    }
  }

  /// Sends no more and waits for the answers that are due.
  func stop() async throws {
    book.withLock { $0.isStopped = true }
    try await finish()
  }

  /// Waits until every connection has ended its work by itself.
  func finish() async throws {
    for task in workers.withLock({ $0 }) { try await task.value }
    end()
  }

  private func end() {
    let waiting = book.withLock { book in
      book.isStopped = true
      defer { book.waiting = [] }
      return book.waiting
    }
    for entry in waiting { entry.continuation.resume() }
  }

  /// Sends everything that was not acknowledged once more under its key.
  func repeatOpen(on connection: ServerConnection) async throws {
    for (title, fate) in fates {
      if case .made = fate { continue }
      let answer = try await connection.call("deal.create", parameters(title))
      record(title, .made(answer["id"]?.int64 ?? 0))
    }
  }

  private func work(_ connection: ServerConnection, name: String) async throws {
    var number = 0
    while !book.withLock({ $0.isStopped }) {
      number += 1
      guard try await send("\(name) \(number)", on: connection) else { return }
    }
  }

  /// - Returns: whether the connection still stands.
  private func send(_ title: String, on connection: ServerConnection) async throws -> Bool {
    while true {
      record(title, .unanswered)
      do {
        let answer = try await connection.call("deal.create", parameters(title))
        record(title, .made(answer["id"]?.int64 ?? 0))
        return true
      } catch let error as RPCError {
        book.withLock { $0.errors[error.kind, default: 0] += 1 }
        switch error.kind {
        case "unavailable": record(title, .refused)
        case "unknown_outcome": record(title, .unknown)
        default: throw error
        }
        guard hasKeys else { return true }
        let pause = error["retry_after_ms"]?.int64 ?? 100
        try await Task.sleep(for: .milliseconds(pause))
      } catch let error as ConnectionError {
        guard error.code == .closed else { throw error }
        return false
      }
    }
  }

  private func parameters(_ title: String) -> JSON {
    var parameters: JSONObject = [
      "pipeline": .integer(company.pipeline), "title": .string(title),
    ]
    if hasKeys { parameters["idempotency_key"] = .string(title) }
    return .object(parameters)
  }

  private func record(_ title: String, _ fate: Fate) {
    let due = book.withLock { book in
      book.fates[title] = fate
      guard case .made = fate else { return [CheckedContinuation<Void, Never>]() }
      book.made += 1
      let due = book.waiting.filter { $0.count <= book.made }.map(\.continuation)
      book.waiting.removeAll { $0.count <= book.made }
      return due
    }
    for continuation in due { continuation.resume() }
  }
}
