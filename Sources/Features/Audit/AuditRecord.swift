internal import JSON
internal import SalesRules

/// One row of the audit, without its payload.
struct AuditRecord: Sendable {
  let tenant: Int64
  let at: Timestamp
  /// The server process that wrote it, and its number there.
  let writer: Int64
  let number: Int64
  let actor: AuditActor
  let address: String?
  let request: String
  let method: String
  let noun: String
  let subject: String?

  /// The keyed digest of a payload. It is keyed, and names its row, so that one who has guessed what
  /// was erased can't try the guess on what is left.
  func digest(_ part: Part, _ payload: [UInt8]?, under key: AuditKey) -> [UInt8]? {
    guard let payload else { return nil }
    var encoding = AuditEncoding("voronka.audit.payload.1")
    encoding.add(tenant)
    encoding.add(writer)
    encoding.add(number)
    encoding.add(part.rawValue)
    encoding.add(payload)
    return key.mac(encoding.bytes)
  }

  /// The two payloads of a row.
  enum Part: String {
    case before
    case after
  }

  /// The row's MAC, over the digests of its payload.
  func mac(before: [UInt8]?, after: [UInt8]?, under key: AuditKey) -> [UInt8] {
    var encoding = AuditEncoding("voronka.audit.row.1")
    encoding.add(tenant)
    encoding.add(at)
    encoding.add(writer)
    encoding.add(number)
    encoding.add(actor.kind.rawValue)
    encoding.add(actor.token)
    encoding.add(actor.session)
    encoding.add(actor.user)
    encoding.add(address)
    encoding.add(request)
    encoding.add(method)
    encoding.add(noun)
    encoding.add(subject)
    encoding.add(before)
    encoding.add(after)
    return key.mac(encoding.bytes)
  }

  /// The MAC over the erasure of a row's payload.
  func erasureMAC(
    of mac: [UInt8], before: [UInt8]?, after: [UInt8]?, at moment: Timestamp, under key: AuditKey
  ) -> [UInt8] {
    var encoding = AuditEncoding("voronka.audit.erasure.1")
    encoding.add(tenant)
    encoding.add(writer)
    encoding.add(number)
    encoding.add(mac)
    encoding.add(before)
    encoding.add(after)
    encoding.add(moment)
    return key.mac(encoding.bytes)
  }
}
