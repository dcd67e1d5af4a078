internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// Goes through a company's audit from its first seal to its last row, and finds what is not as the
/// server left it.
struct AuditVerification {
  /// How many rows, or seals, one look takes.
  private static let chunk = 1000
  /// The most findings that one answer lists.
  private static let mostFindings = 100

  let tenant: Int64
  let services: Services
  /// A seal that the caller knows from an earlier verification.
  let known: (number: Int64, mac: String)?
  /// Opens the door, with the caller's rights.
  let read: @Sendable ([BoundStatement]) async throws -> [Rows]

  private var keys: AuditKeys { services.audit.keys }
  private var parameter: Parameter { .integer(tenant) }

  /// What was counted and found.
  private struct Tally {
    var rows = 0
    var unsealed = 0
    var erased = 0
    var seals: Int64 = 0
    var removed: Int64 = 0
    var removedUntil: Timestamp?
    var count = 0
    var findings: [AuditFinding] = []

    mutating func note(_ finding: AuditFinding?) {
      guard let finding else { return }
      count += 1
      if findings.count < AuditVerification.mostFindings { findings.append(finding) }
    }
  }

  /// Where a look at rows begins: behind this one.
  struct Place {
    var epoch: Int64
    var transaction: Int64
    var writer: Int64 = .max
    var number: Int64 = .max
  }

  func answer() async throws -> RawJSON {
    var tally = Tally()
    let expected = services.audit.head(of: tenant)
    if let lost = services.audit.lostSeal(of: tenant) { tally.note(.seal(.sealMissing, lost)) }
    var last: AuditSeal?
    while let seals = try await seals(after: last) {
      try await verify(seals, after: last, &tally)
      last = seals.last
    }
    if let expected { tally.note(missing(expected.number, expected.mac.hexadecimal, last)) }
    if let known { tally.note(try await missing(known, last)) }
    try await verifyUnsealed(after: last, &tally)
    return answer(tally, last)
  }

  // MARK: - Seals

  private func seals(after last: AuditSeal?) async throws -> [AuditSeal]? {
    let rows = try await read([
      AuditSealStatements.from(
        parameter, .integer((last?.number ?? 0) + 1), .integer(Self.chunk))
    ])[0]
    return rows.isEmpty ? nil : try rows.map { try AuditSeal($0, tenant: tenant) }
  }

  /// Seals that follow each other, and the rows under them. The seals are read before the rows: what a
  /// seal covers is complete by then.
  private func verify(
    _ seals: [AuditSeal], after last: AuditSeal?, _ tally: inout Tally
  ) async throws {
    var previous = last
    for seal in seals {
      tally.seals += 1
      if seal.removal != nil {
        tally.removed += 1
        tally.removedUntil = max(tally.removedUntil ?? seal.lastAt, seal.lastAt)
      }
      if seal.number != (previous?.number ?? 0) + 1 {
        tally.note(
          AuditFinding(
            kind: .sealMissing, seal: seal.number - 1, from: previous?.lastAt, to: seal.firstAt))
      } else if let problem = seal.problem(after: previous, keys) {
        tally.note(.seal(problem, seal))
      }
      previous = seal
    }
    guard let first = seals.first, let end = seals.last else { return }
    var place = Place(epoch: first.epoch, transaction: first.from - 1)
    if let last, last.epoch == first.epoch { place.transaction = last.to - 1 }
    var walk = Walk(seals: seals)
    var isOver = false
    while !isOver {
      let rows = try await rows(after: place)
      for row in rows {
        guard (row.epoch, row.transaction) < (end.epoch, end.to) else {
          isOver = true
          break
        }
        try await close(walk.pass(row), &tally)
        check(row, walk.current, &tally)
      }
      if rows.count < Self.chunk { isOver = true }
      if let row = rows.last { place = Place(row) }
    }
    try await close(walk.rest(), &tally)
  }

  /// Compares what stood under seals with what they say.
  private func close(
    _ ranges: [(seal: AuditSeal, macs: [[UInt8]])], _ tally: inout Tally
  ) async throws {
    for (seal, macs) in ranges where seal.removal == nil {
      guard Int64(macs.count) != seal.rows || AuditSeal.digest(macs) != seal.digest else {
        continue
      }
      // Their time may have been over while we read.
      let now = try await read([AuditSealStatements.from(parameter, .integer(seal.number), 1)])[0]
      let present = try now.first.map { try AuditSeal($0, tenant: tenant) }
      if macs.isEmpty, let present, present.number == seal.number, present.removal != nil {
        continue
      }
      tally.note(.seal(.rowsChanged, seal, found: Int64(macs.count)))
    }
  }

  /// A seal that is known to have been there, if it is not.
  private func missing(_ number: Int64, _ mac: String, _ last: AuditSeal?) -> AuditFinding? {
    guard let last, last.number >= number else {
      return AuditFinding(kind: .sealMissing, seal: number, from: last?.lastAt)
    }
    guard last.number == number, last.mac.hexadecimal != mac else { return nil }
    return .seal(.sealAltered, last)
  }

  private func missing(
    _ known: (number: Int64, mac: String), _ last: AuditSeal?
  ) async throws -> AuditFinding? {
    let row = try await read([AuditSealStatements.from(parameter, .integer(known.number), 1)])[0]
    let seal = try row.first.map { try AuditSeal($0, tenant: tenant) }
    guard let seal, seal.number == known.number else {
      return AuditFinding(kind: .sealMissing, seal: known.number, from: last?.lastAt)
    }
    return seal.mac.hexadecimal == known.mac.lowercased() ? nil : .seal(.sealAltered, seal)
  }

  // MARK: - Rows

  private func rows(after place: Place) async throws -> [AuditRow] {
    try await read([
      AuditStatements.inOrder(
        parameter, .integer(place.epoch), .integer(place.transaction), .integer(place.writer),
        .integer(place.number), .integer(Self.chunk))
    ])[0].map { try AuditRow($0, tenant: tenant) }
  }

  private func check(_ row: AuditRow, _ seal: AuditSeal?, _ tally: inout Tally) {
    tally.rows += 1
    if row.erasure != nil { tally.erased += 1 }
    if let problem = row.problem(keys) { tally.note(.row(problem, row, seal: seal?.number)) }
    if let seal, seal.removal == nil { return }
    tally.note(.row(.misplaced, row, seal: seal?.number))
  }

  private func verifyUnsealed(after last: AuditSeal?, _ tally: inout Tally) async throws {
    var place = Place(epoch: last?.epoch ?? -1, transaction: last.map { $0.to - 1 } ?? -1)
    while true {
      let rows = try await rows(after: place)
      let now = try await read([AuditStatements.now(parameter)])[0][0]
      let (epoch, next) = (try now.integer(0), try now.integer(1))
      for row in rows {
        tally.rows += 1
        tally.unsealed += 1
        if row.erasure != nil { tally.erased += 1 }
        if let problem = row.problem(keys) { tally.note(.row(problem, row, seal: nil)) }
        // Behind every transaction that has been, no seal would ever reach it.
        if row.epoch > epoch || row.epoch == epoch && row.transaction >= next {
          tally.note(.row(.misplaced, row, seal: nil))
        }
      }
      guard rows.count == Self.chunk, let row = rows.last else { return }
      place = Place(row)
    }
  }

  // MARK: - The answer

  static let schema = Schema.object(
    [
      "ok": .boolean, "rows": .integer, "unsealed": .integer, "erased": .integer,
      "seals": .integer, "removed_ranges": .integer,
      "removed_until": Schema.timestamp.nullable, "problems": .integer,
      "findings": .array(of: .anyObject), "last_seal": Schema.anyObject.nullable,
    ], required: ["ok", "rows", "unsealed", "seals", "problems", "findings", "last_seal"])

  private func answer(_ tally: Tally, _ last: AuditSeal?) -> RawJSON {
    RawJSON {
      $0.object {
        $0.member("ok", tally.count == 0)
        $0.member("rows", tally.rows)
        $0.member("unsealed", tally.unsealed)
        $0.member("erased", tally.erased)
        $0.member("seals", tally.seals)
        $0.member("removed_ranges", tally.removed)
        $0.member("removed_until", tally.removedUntil)
        $0.member("problems", tally.count)
        $0.name("findings")
        $0.array { for finding in tally.findings { finding.write(to: &$0) } }
        $0.name("last_seal")
        guard let last else { return $0.null() }
        $0.object {
          $0.member("number", last.number)
          $0.member("mac", last.mac.hexadecimal)
          $0.member("sealed_at", last.sealedAt)
        }
      }
    }
  }

  /// Rows on their way past seals.
  private struct Walk {
    private let seals: [AuditSeal]
    private var index = 0
    private var macs: [[UInt8]] = []
    /// The seal under which the row passed last stands, if it stands under one.
    private(set) var current: AuditSeal?

    init(seals: [AuditSeal]) {
      self.seals = seals
    }

    /// Takes the next row, and gives the seals that are behind it with what stood under them.
    mutating func pass(_ row: AuditRow) -> [(seal: AuditSeal, macs: [[UInt8]])] {
      var closed: [(seal: AuditSeal, macs: [[UInt8]])] = []
      let place = (row.epoch, row.transaction)
      while index < seals.count, place >= (seals[index].epoch, seals[index].to) {
        closed.append((seals[index], macs))
        macs = []
        index += 1
      }
      current = nil
      if index < seals.count, place >= (seals[index].epoch, seals[index].from) {
        current = seals[index]
        macs.append(row.mac)
      }
      return closed
    }

    /// The seals that no row is behind.
    mutating func rest() -> [(seal: AuditSeal, macs: [[UInt8]])] {
      defer { (index, macs) = (seals.count, []) }
      return seals[index...].enumerated().map { ($0.element, $0.offset == 0 ? macs : []) }
    }
  }
}

extension AuditVerification.Place {
  init(_ row: AuditRow) {
    self.init(
      epoch: row.epoch, transaction: row.transaction, writer: row.record.writer,
      number: row.record.number)
  }
}

extension [UInt8] {
  /// Two digits a byte.
  var hexadecimal: String {
    map { byte in
      let digits = String(byte, radix: 16)
      return digits.count < 2 ? "0" + digits : digits
    }.joined()
  }
}
