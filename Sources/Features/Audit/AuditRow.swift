internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// One row of the audit as the database has it.
struct AuditRow: Sendable {
  let record: AuditRecord
  let epoch: Int64
  let transaction: Int64
  let before: [UInt8]?
  let after: [UInt8]?
  let keyID: String
  let mac: [UInt8]
  let erasure: Erasure?

  /// What is left of an erased payload.
  struct Erasure: Sendable {
    let at: Timestamp
    let before: [UInt8]?
    let after: [UInt8]?
    let keyID: String
    let mac: [UInt8]
  }

  /// From the columns that `AuditStatements` selects.
  init(_ row: Row, tenant: Int64) throws {
    let kind: AuditActor.Kind = try row.word(3)
    record = AuditRecord(
      tenant: tenant, at: try row.timestamp(0), writer: try row.integer(1),
      number: try row.integer(2),
      actor: AuditActor(
        kind: kind, token: try row.integerIfPresent(4), session: try row.integerIfPresent(5),
        user: try row.integerIfPresent(6)),
      address: try row.stringIfPresent(7), request: try row.string(8), method: try row.string(9),
      noun: try row.string(10), subject: try row.stringIfPresent(11))
    let bytes = { (column: Int) in row.isNull(column) ? nil : row.withBytes(column) { Array($0) } }
    before = bytes(12)
    after = bytes(13)
    epoch = try row.integer(14)
    transaction = try row.integer(15)
    keyID = try row.string(16)
    mac = row.octets(17) ?? []
    erasure =
      row.isNull(18)
      ? nil
      : Erasure(
        at: try row.timestamp(18), before: row.octets(19), after: row.octets(20),
        keyID: try row.stringIfPresent(21) ?? "", mac: row.octets(22) ?? [])
  }

  /// What is wrong with the row as it stands; nil where nothing is.
  func problem(_ keys: AuditKeys) -> AuditFinding.Kind? {
    guard let key = keys[keyID] else { return .unknownKey }
    var (before, after) = (
      record.digest(.before, before, under: key), record.digest(.after, after, under: key)
    )
    if let erasure {
      guard before == nil, after == nil else { return .altered }
      (before, after) = (erasure.before, erasure.after)
      guard let erasureKey = keys[erasure.keyID] else { return .unknownKey }
      let expected = record.erasureMAC(
        of: mac, before: before, after: after, at: erasure.at, under: erasureKey)
      guard expected == erasure.mac else { return .altered }
    }
    return record.mac(before: before, after: after, under: key) == mac ? nil : .altered
  }

  static let schema = Schema.object(
    [
      "at": .timestamp, "who": .anyObject, "address": Schema.string.nullable, "request": .string,
      "method": .string, "noun": .string, "subject": Schema.oneOf([.identifier, .string]).nullable,
      "before": .any, "after": .any, "erased_at": Schema.timestamp.nullable,
    ], required: ["at", "who", "method", "noun", "subject", "before", "after"])

  func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("at", record.at)
      $0.name("who")
      record.actor.write(to: &$0)
      $0.member("address", record.address)
      $0.member("request", record.request)
      $0.member("method", record.method)
      $0.member("noun", record.noun)
      $0.subject(record.subject)
      $0.name("before")
      if let before { $0.raw(before) } else { $0.null() }
      $0.name("after")
      if let after { $0.raw(after) } else { $0.null() }
      $0.member("erased_at", erasure?.at)
    }
  }
}

extension JSONWriter {
  /// Which thing a row is about: its id, or the code or slug of what has none.
  mutating func subject(_ subject: String?) {
    if let id = subject.flatMap({ Int64($0) }) {
      member("subject", id)
    } else {
      member("subject", subject)
    }
  }
}

extension Row {
  /// The bytes of a `bytea`, which comes as `\x0123`; nil for NULL and for what is none.
  func octets(_ column: Int) -> [UInt8]? {
    guard !isNull(column) else { return nil }
    return withBytes(column) { text in
      guard text.count >= 2, text.count.isMultiple(of: 2) else { return nil }
      var octets: [UInt8] = []
      octets.reserveCapacity(text.count / 2 - 1)
      for place in stride(from: 2, to: text.count, by: 2) {
        guard let high = Self.digit(text[place]), let low = Self.digit(text[place + 1]) else {
          return nil
        }
        octets.append(high << 4 | low)
      }
      return octets
    }
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}
