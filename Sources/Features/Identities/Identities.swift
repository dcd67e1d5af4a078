internal import Postgres
internal import Synchronization

/// Hands out ids, counted for each company.
///
/// The server takes them in blocks, by short transactions of their own, so that no write of a card
/// waits for another one, and hands them out in their order, so that on one server a later card has a
/// higher id. What a server has taken and not used when it ends is a gap.
final class Identities: Sendable {
  private struct Key: Hashable {
    let tenant: Int64
    let kind: IdentityKind
  }

  private struct Stock {
    var left: Range<Int64> = 0..<0
    var nextBlock: Int
    /// Those who wait for the block that is being taken.
    var waiting: [CheckedContinuation<Void, Never>] = []
    var isTaking = false
  }

  private enum Turn {
    case id(Int64)
    case take(Int)
    case wait
  }

  /// Under load blocks double up to this size.
  private static let largestBlock = 256
  private let pool: Pool
  private let stocks = Mutex<[Key: Stock]>([:])

  init(pool: Pool) {
    self.pool = pool
  }

  /// One id.
  func next(_ kind: IdentityKind, tenant: Int64) async throws -> Int64 {
    let key = Key(tenant: tenant, kind: kind)
    while true {
      switch turn(key) {
      case .id(let id): return id
      case .take(let count):
        do {
          put(try await take(key, count: count), key)
        } catch {
          put(0..<0, key)
          throw error
        }
      case .wait:
        await waitForBlock(key)
      }
    }
  }

  /// Several ids that follow each other.
  func next(_ kind: IdentityKind, tenant: Int64, count: Int) async throws -> [Int64] {
    guard count > 0 else { return [] }
    return Array(try await take(Key(tenant: tenant, kind: kind), count: count))
  }

  private func turn(_ key: Key) -> Turn {
    stocks.withLock { stocks in
      var stock = stocks[key] ?? Stock(nextBlock: key.kind.firstBlock)
      defer { stocks[key] = stock }
      if let id = stock.left.first {
        stock.left = stock.left.dropFirst()
        return .id(id)
      }
      guard !stock.isTaking else { return .wait }
      stock.isTaking = true
      let block = stock.nextBlock
      if key.kind.firstBlock > 1 { stock.nextBlock = min(block * 2, Self.largestBlock) }
      return .take(block)
    }
  }

  /// A block is there, or could not be had: whoever waits looks anew.
  private func put(_ block: Range<Int64>, _ key: Key) {
    let waiting = stocks.withLock { stocks -> [CheckedContinuation<Void, Never>] in
      guard var stock = stocks[key] else { return [] }
      if !block.isEmpty { stock.left = block }
      stock.isTaking = false
      let waiting = stock.waiting
      stock.waiting = []
      stocks[key] = stock
      return waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  private func waitForBlock(_ key: Key) async {
    await withCheckedContinuation { continuation in
      let isOver = stocks.withLock { stocks -> Bool in
        guard stocks[key]?.isTaking == true else { return true }
        stocks[key]?.waiting.append(continuation)
        return false
      }
      if isOver { continuation.resume() }
    }
  }

  private func take(_ key: Key, count: Int) async throws -> Range<Int64> {
    var attempts = 3
    while true {
      do {
        let results = try await pool.transaction(
          [
            ContextStatements.server(.integer(key.tenant)),
            IdentityStatements.take(
              .integer(key.tenant), .text(key.kind.rawValue), .integer(count)),
          ], onBehalfOf: key.tenant)
        guard let first = try results[1].first?.integer(0) else {
          throw PostgresError(.decoding, message: "no ids came")
        }
        return first..<(first + Int64(count))
      } catch let error as PostgresError {
        // Where the fate is unknown, a gap is all that it costs to take others.
        attempts -= 1
        guard attempts > 0, error.isLostConnection || error.isRepeatable else {
          throw error.changingNothing
        }
      }
    }
  }
}
