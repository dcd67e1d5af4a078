internal import JSON
internal import Postgres
internal import SalesRules
internal import Synchronization

/// Writes the audit of one server process: numbers its rows and gives them their MACs.
final class AuditLedger: Sendable {
  let keys: AuditKeys
  /// This process among all that ever wrote.
  private let writer = Int64.random(in: 1...Int64.max)
  private let numbers = Atomic<Int64>(0)
  private let touched = Mutex<Set<Int64>>([])
  private let heads = Mutex<[Int64: AuditSeal]>([:])
  private let lost = Mutex<[Int64: AuditSeal]>([:])

  init(keys: AuditKeys) {
    self.keys = keys
  }

  /// What writes one row, as part of the transaction of what was done.
  ///
  /// - Parameter epoch: the epoch of the tenant's transactions, where it is at hand.
  func row(
    tenant: Int64, epoch: Int64? = nil, at moment: Timestamp, by actor: AuditActor,
    from address: String?, _ request: AuditedRequest, _ work: Work
  ) -> BoundStatement {
    row(
      AuditRecord(
        tenant: tenant, at: moment, writer: writer,
        number: numbers.add(1, ordering: .relaxed).newValue, actor: actor, address: address,
        request: request.id, method: request.method, noun: work.noun ?? request.noun,
        subject: request.subject(work)), epoch: epoch, before: work.before?.bytes,
      after: request.after(work)?.bytes)
  }

  private func row(
    _ record: AuditRecord, epoch: Int64?, before: [UInt8]?, after: [UInt8]?
  ) -> BoundStatement {
    let key = keys.current
    let mac = record.mac(
      before: record.digest(.before, before, under: key),
      after: record.digest(.after, after, under: key), under: key)
    touched.withLock { _ = $0.insert(record.tenant) }
    return AuditStatements.insert(
      .integer(record.tenant), .timestamp(record.at), .integer(record.writer),
      .integer(record.number), .integer(epoch), .text(record.actor.kind.rawValue),
      .integer(record.actor.token), .integer(record.actor.session), .integer(record.actor.user),
      .string(record.address), .text(record.request), .text(record.method), .text(record.noun),
      .string(record.subject), before.map { .bytes($0) } ?? .null,
      after.map { .bytes($0) } ?? .null, .text(key.id), .bytea(mac))
  }

  // MARK: - What the sealing goes by

  /// The tenants of whom rows were written since this was last asked.
  func takeTouched() -> Set<Int64> {
    touched.withLock { touched in
      defer { touched = [] }
      return touched
    }
  }

  /// A tenant has rows still that could not be sealed.
  func touch(_ tenant: Int64) {
    touched.withLock { _ = $0.insert(tenant) }
  }

  /// A tenant's rows are being sealed.
  func untouch(_ tenant: Int64) {
    touched.withLock { _ = $0.remove(tenant) }
  }

  /// The last seal that this process knows of a tenant: one that is gone afterwards was removed.
  func head(of tenant: Int64) -> AuditSeal? {
    heads.withLock { $0[tenant] }
  }

  /// A tenant is gone, and its seals with it.
  func forget(_ tenant: Int64) {
    heads.withLock { _ = $0.removeValue(forKey: tenant) }
    lost.withLock { _ = $0.removeValue(forKey: tenant) }
  }

  /// A seal that stands now.
  func keep(_ seal: AuditSeal) {
    heads.withLock { heads in
      if let known = heads[seal.tenant], known.number > seal.number { return }
      heads[seal.tenant] = seal
    }
  }

  /// A seal that was found to be gone. Seals begin anew behind what is left, so that this process alone
  /// knows of it, for as long as it lives.
  func keepLost(_ seal: AuditSeal) {
    lost.withLock { lost in
      if lost[seal.tenant] == nil { lost[seal.tenant] = seal }
    }
    heads.withLock { $0[seal.tenant] = nil }
  }

  /// The first seal of a tenant that was found to be gone.
  func lostSeal(of tenant: Int64) -> AuditSeal? {
    lost.withLock { $0[tenant] }
  }
}
