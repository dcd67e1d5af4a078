import JSON
import JSONRPC
import Synchronization

/// What a test's handlers share: signals, and a diary of what was carried out.
final class Script: Sendable {
  let signals = Signals()
  private let entries = Mutex<[String]>([])
  private let running = Mutex((now: 0, most: 0))
  private let tellings = Atomic(0)
  private let origins = Mutex<[ClientOrigin]>([])

  var diary: [String] { entries.withLock { $0 } }
  var mostAtOnce: Int { running.withLock { $0.most } }
  var clients: [ClientOrigin] { origins.withLock { $0 } }

  /// How many lines have been told unasked.
  var told: Int { tellings.load(ordering: .relaxed) }

  func told(_ count: Int) { tellings.store(count, ordering: .relaxed) }

  func write(_ entry: String) { entries.withLock { $0.append(entry) } }
  /// Which client it is, counted from 1.
  func met(_ origin: ClientOrigin) -> Int {
    origins.withLock {
      $0.append(origin)
      return $0.count
    }
  }

  func begin() { running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) } }
  func end() { running.withLock { $0.now -= 1 } }
}
