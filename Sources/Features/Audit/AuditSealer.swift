internal import Logging
internal import Postgres
internal import SalesRules

/// Seals what is finished: rows whose transactions are over, in ranges that are never opened again.
struct AuditSealer: Sendable {
  /// How many rows one seal has, but for those that share the last one's transaction.
  private static let most: Int64 = 2000

  let services: Services
  let logger: Logger

  private var ledger: AuditLedger { services.audit }
  private var pool: Pool { services.reports }

  /// Seals the rows of those companies that this server has written to since.
  func sealTouched() async throws {
    try await seal(ledger.takeTouched().sorted())
  }

  /// Seals the rows of every company: what a server left that ended before it could.
  func sealAll() async throws {
    let rows = try await pool.repeatable([ContextStatements.login(), AuditSealStatements.tenants()])
    try await seal(try rows[1].map { try $0.integer(0) })
  }

  private func seal(_ tenants: [Int64]) async throws {
    // Those that are not come to are left for the next time.
    for tenant in tenants { ledger.touch(tenant) }
    for tenant in tenants {
      ledger.untouch(tenant)
      var isDone = false
      defer { if !isDone { ledger.touch(tenant) } }
      var goesOn = true
      while goesOn { goesOn = try await sealOne(tenant) }
      isDone = true
    }
  }

  /// Seals one range; whether there may be another one at once.
  private func sealOne(_ tenant: Int64) async throws -> Bool {
    let parameter = Parameter.integer(tenant)
    let results = try await pool.repeatable([
      ContextStatements.server(parameter), AuditSealStatements.last(parameter),
      AuditSealStatements.unsealed(parameter, .integer(Self.most)),
      AuditSealStatements.isPending(parameter),
    ])
    let last = try results[1].first.map { try AuditSeal($0, tenant: tenant) }
    try await notice(last, tenant)
    guard let seal = try seal(over: results[2], after: last, tenant) else {
      // They wait for transactions that are still going on.
      if try results[3][0].bool(0) { ledger.touch(tenant) }
      return false
    }
    guard try await insert(seal) else {
      // Another server was faster.
      ledger.touch(tenant)
      return false
    }
    ledger.keep(seal)
    return true
  }

  /// Writes a seal; false where there is one of its number.
  private func insert(_ seal: AuditSeal) async throws(PostgresError) -> Bool {
    do {
      _ = try await pool.transaction([
        ContextStatements.server(.integer(seal.tenant)), seal.insertion,
      ])
      return true
    } catch {
      guard error.sqlState == .uniqueViolation else { throw error }
      return false
    }
  }

  private func seal(
    over rows: Rows, after last: AuditSeal?, _ tenant: Int64
  ) throws -> AuditSeal? {
    guard let first = rows.first else { return nil }
    let epoch = try first.integer(0)
    let moments = try rows.map { try $0.timestamp(2) }
    guard let firstAt = moments.min(), let lastAt = moments.max() else { return nil }
    var from: Int64 = 0
    if let last, last.epoch == epoch { from = last.to }
    var to: Int64 = 0
    for row in rows { to = max(to, try row.integer(1) + 1) }
    let contents = AuditSeal.Contents(
      tenant: tenant, number: (last?.number ?? 0) + 1, epoch: epoch,
      from: from, to: to, rows: Int64(rows.count),
      firstAt: firstAt, lastAt: lastAt, digest: AuditSeal.digest(rows.map { $0.octets(3) ?? [] }),
      sealedAt: services.clock.now)
    return AuditSeal(contents, after: last, under: ledger.keys.current)
  }

  /// The last seal that this server knows of is there still, or somebody took it away.
  private func notice(_ last: AuditSeal?, _ tenant: Int64) async throws {
    guard let known = ledger.head(of: tenant) else {
      if let last { ledger.keep(last) }
      return
    }
    let isThere = last.map { $0.number > known.number || $0.mac == known.mac } ?? false
    guard !isThere else { return }
    let standing = try await pool.repeatable([
      ContextStatements.login(), AuditSealStatements.isKept(.integer(tenant)),
    ])[1]
    guard try standing[0].bool(0) else {
      // It goes, or went, with its company.
      return ledger.forget(tenant)
    }
    ledger.keepLost(known)
    logger.error(
      "a seal of the audit was removed behind the server's back",
      metadata: ["tenant": "\(tenant)", "seal": "\(known.number)"])
  }
}

extension AuditSeal {
  /// What writes it.
  fileprivate var insertion: BoundStatement {
    AuditSealStatements.insert(
      .integer(tenant), .integer(number), .integer(epoch), .integer(from), .integer(to),
      .integer(rows), .timestamp(firstAt), .timestamp(lastAt), .bytea(digest),
      .timestamp(sealedAt), .text(keyID), .bytea(mac))
  }
}
