internal import Crypto
internal import Postgres
internal import SalesRules

/// The seal over the rows of one tenant from one transaction up to before another.
struct AuditSeal: Sendable {
  let tenant: Int64
  let number: Int64
  let epoch: Int64
  let from: Int64
  let to: Int64
  /// How many rows there are.
  let rows: Int64
  let firstAt: Timestamp
  let lastAt: Timestamp
  /// SHA-256 over the rows' MACs.
  let digest: [UInt8]
  let sealedAt: Timestamp
  let keyID: String
  let mac: [UInt8]
  let removal: Removal?

  /// The rows' time was over.
  struct Removal: Sendable {
    let at: Timestamp
    let keyID: String
    let mac: [UInt8]
  }

  /// What a seal says, before it has its MAC.
  struct Contents {
    let tenant: Int64
    let number: Int64
    let epoch: Int64
    let from: Int64
    let to: Int64
    let rows: Int64
    let firstAt: Timestamp
    let lastAt: Timestamp
    let digest: [UInt8]
    let sealedAt: Timestamp

    /// Chained to the seal before.
    func mac(after previous: [UInt8]?, under key: AuditKey) -> [UInt8] {
      var encoding = AuditEncoding("voronka.audit.seal.1")
      encoding.add(tenant)
      encoding.add(number)
      encoding.add(epoch)
      encoding.add(from)
      encoding.add(to)
      encoding.add(rows)
      encoding.add(firstAt)
      encoding.add(lastAt)
      encoding.add(digest)
      encoding.add(sealedAt)
      encoding.add(previous)
      return key.mac(encoding.bytes)
    }
  }

  /// The digest of rows, from their MACs in order.
  static func digest(_ macs: some Sequence<[UInt8]>) -> [UInt8] {
    var hash = SHA256()
    for mac in macs { hash.update(data: mac) }
    return Array(hash.finalize())
  }

  private var contents: Contents {
    Contents(
      tenant: tenant, number: number, epoch: epoch, from: from, to: to, rows: rows,
      firstAt: firstAt, lastAt: lastAt, digest: digest, sealedAt: sealedAt)
  }

  /// A fresh seal.
  init(_ contents: Contents, after previous: AuditSeal?, under key: AuditKey) {
    tenant = contents.tenant
    number = contents.number
    epoch = contents.epoch
    from = contents.from
    to = contents.to
    rows = contents.rows
    firstAt = contents.firstAt
    lastAt = contents.lastAt
    digest = contents.digest
    sealedAt = contents.sealedAt
    keyID = key.id
    mac = contents.mac(after: previous?.mac, under: key)
    removal = nil
  }

  /// From the columns that `AuditSealStatements` selects.
  init(_ row: Row, tenant: Int64) throws {
    self.tenant = tenant
    number = try row.integer(0)
    epoch = try row.integer(1)
    from = try row.integer(2)
    to = try row.integer(3)
    rows = try row.integer(4)
    firstAt = try row.timestamp(5)
    lastAt = try row.timestamp(6)
    digest = row.octets(7) ?? []
    sealedAt = try row.timestamp(8)
    keyID = try row.string(9)
    mac = row.octets(10) ?? []
    removal =
      row.isNull(11)
      ? nil
      : Removal(
        at: try row.timestamp(11), keyID: try row.stringIfPresent(12) ?? "",
        mac: row.octets(13) ?? [])
  }

  /// The MAC over the removal of the rows.
  func removalMAC(at moment: Timestamp, under key: AuditKey) -> [UInt8] {
    var encoding = AuditEncoding("voronka.audit.removal.1")
    encoding.add(tenant)
    encoding.add(number)
    encoding.add(mac)
    encoding.add(moment)
    return key.mac(encoding.bytes)
  }

  /// What is wrong with the seal itself; nil where nothing is.
  func problem(after previous: AuditSeal?, _ keys: AuditKeys) -> AuditFinding.Kind? {
    guard let key = keys[keyID] else { return .unknownKey }
    guard contents.mac(after: previous?.mac, under: key) == mac else { return .sealAltered }
    guard let removal else { return nil }
    guard let removalKey = keys[removal.keyID] else { return .unknownKey }
    return removalMAC(at: removal.at, under: removalKey) == removal.mac ? nil : .removalForged
  }
}
