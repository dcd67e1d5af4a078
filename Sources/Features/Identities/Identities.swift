internal import Postgres
internal import Synchronization

/// Hands out ids, counted for each company.
///
/// The server takes them in blocks, by short transactions of their own, so that no write of a card
/// waits for another one. What a server has taken and not used when it ends is a gap.
final class Identities: Sendable {
  private struct Key: Hashable {
    let tenant: Int64
    let kind: IdentityKind
  }

  private struct Stock {
    var left: [Range<Int64>] = []
    var nextBlock: Int
  }

  /// Under load blocks double up to this size.
  private static let largestBlock = 1024
  private let pool: Pool
  private let stocks = Mutex<[Key: Stock]>([:])

  init(pool: Pool) {
    self.pool = pool
  }

  /// One id.
  func next(_ kind: IdentityKind, tenant: Int64) async throws -> Int64 {
    let key = Key(tenant: tenant, kind: kind)
    let (found, block) = stocks.withLock { stocks -> (Int64?, Int) in
      var stock = stocks[key] ?? Stock(nextBlock: kind.firstBlock)
      defer { stocks[key] = stock }
      if let range = stock.left.last {
        stock.left.removeLast()
        if range.count > 1 { stock.left.append(range.dropFirst()) }
        return (range.lowerBound, 0)
      }
      let block = stock.nextBlock
      if kind.firstBlock > 1 { stock.nextBlock = min(block * 2, Self.largestBlock) }
      return (nil, block)
    }
    if let found { return found }
    let taken = try await take(key, count: block)
    guard taken.count > 1 else { return taken.lowerBound }
    stocks.withLock { stocks in
      stocks[key, default: Stock(nextBlock: kind.firstBlock)].left.append(taken.dropFirst())
    }
    return taken.lowerBound
  }

  /// Several ids that follow each other.
  func next(_ kind: IdentityKind, tenant: Int64, count: Int) async throws -> [Int64] {
    guard count > 0 else { return [] }
    return Array(try await take(Key(tenant: tenant, kind: kind), count: count))
  }

  private func take(_ key: Key, count: Int) async throws -> Range<Int64> {
    var attempts = 3
    while true {
      do {
        let results = try await pool.transaction([
          ContextStatements.server(.integer(key.tenant)),
          IdentityStatements.take(
            .integer(key.tenant), .text(key.kind.rawValue), .integer(count)),
        ])
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
