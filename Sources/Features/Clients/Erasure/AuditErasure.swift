internal import Postgres
internal import SalesRules

/// Takes the payload out of audit rows, so that they verify all the same.
struct AuditErasure {
  let rows: [AuditRow]
  let keys: AuditKeys
  let now: Timestamp

  /// What takes it out; nothing where there are no rows.
  func statements(tenant: Int64) -> [BoundStatement] {
    guard !rows.isEmpty else { return [] }
    let current = keys.current
    var (before, after, macs): ([String?], [String?], [String?]) = ([], [], [])
    // A row whose key is lost was beyond verification before; it is erased all the same.
    for row in rows {
      let key = keys[row.keyID] ?? current
      let digests = (
        before: row.record.digest(.before, row.before, under: key),
        after: row.record.digest(.after, row.after, under: key)
      )
      before.append(Self.literal(digests.before))
      after.append(Self.literal(digests.after))
      macs.append(
        Self.literal(
          row.record.erasureMAC(
            of: row.mac, before: digests.before, after: digests.after, at: now, under: current)))
    }
    return [
      ContactErasureStatements.eraseAudit(
        .integer(tenant), .strings(rows.map(\.record.at.description)),
        .integers(rows.map(\.record.writer)), .integers(rows.map(\.record.number)),
        .strings(before), .strings(after), .timestamp(now), .text(current.id), .strings(macs))
    ]
  }

  private static func literal(_ octets: [UInt8]?) -> String? {
    octets.map { "\\x" + $0.hexadecimal }
  }
}
