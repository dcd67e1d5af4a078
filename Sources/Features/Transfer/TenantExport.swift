internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// One company on its way into a file: a snapshot, and how far it has been read.
///
/// It reads page by page, so that its memory does not grow with the company; all pages see one moment.
actor TenantExport {
  private struct Position {
    var table = 0
    /// The key of the last row; nil before the first.
    var after: [UInt8]?
  }

  /// How many bytes of lines a page holds, about: whole it stays far below the longest line.
  private static let pageBytes = 192 << 10
  private static let rowsAtOnce = 200

  let tenant: Int64
  private let snapshot: Snapshot
  private let tables: [TransferTable]
  private var position = Position()
  private var digest = TransferDigest()
  private var lines = 0
  private var counts: [Int]
  /// The first line, until it is given.
  private var header: [UInt8]?
  private var last: (number: Int, answer: RawJSON)?
  private var isBusy = false
  private(set) var usedAt = ContinuousClock.now

  private init(
    tenant: Int64, snapshot: Snapshot, tables: [TransferTable], header: [UInt8]
  ) {
    self.tenant = tenant
    self.snapshot = snapshot
    self.tables = tables
    self.header = header
    counts = Array(repeating: 0, count: tables.count)
  }

  /// Takes the snapshot and writes the first line.
  static func begin(
    tenant: Int64, services: Services, now: Timestamp
  ) async throws -> TenantExport {
    let snapshot = try await services.reports.snapshot(
      ContextStatements.server(.integer(tenant)))
    do {
      let results = try await snapshot.read([
        TransferStatements.tables(), TransferStatements.tenant(.integer(tenant)),
      ])
      guard let row = results[1].first else { throw RPCError.notFound(what: "tenant") }
      let tables = try results[0].map(TransferTable.init)
      let header = try TransferHeader.line(
        tenant: row, tables: tables, version: services.configuration.serverVersion, now: now)
      return TenantExport(tenant: tenant, snapshot: snapshot, tables: tables, header: header)
    } catch {
      await snapshot.close()
      throw error
    }
  }

  /// The page of that number, from 1: the next one, or the last one once more.
  func page(_ number: Int, cursor: (Int) -> String) async throws -> (answer: RawJSON, isLast: Bool)
  {
    usedAt = .now
    if let last, last.number == number { return (last.answer, false) }
    guard number == (last?.number ?? 0) + 1, !isBusy else { throw TenantExports.ended }
    isBusy = true
    defer { isBusy = false }
    var page: [[UInt8]] = []
    var size = 0
    if let header {
      add(header, to: &page, &size)
      self.header = nil
    }
    while size < Self.pageBytes, position.table < tables.count {
      try await read(into: &page, &size)
    }
    let isLast = position.table == tables.count
    if isLast { page.append(end) }
    let answer = RawJSON {
      $0.object {
        $0.name("lines")
        $0.array { for line in page { $0.value(String(decoding: line, as: UTF8.self)) } }
        $0.member("next", isLast ? nil : cursor(number + 1))
      }
    }
    last = (number, answer)
    return (answer, isLast)
  }

  /// Ends the snapshot.
  func close() async {
    await snapshot.close()
  }

  private func add(_ line: [UInt8], to page: inout [[UInt8]], _ size: inout Int) {
    digest.add(line)
    lines += 1
    size += line.count
    page.append(line)
  }

  /// Reads on in the present table as far as the page has room.
  private func read(into page: inout [[UInt8]], _ size: inout Int) async throws {
    let table = tables[position.table]
    let rows = try await snapshot.read([
      TransferStatements.page(
        .text(table.name), position.after.map { .bytes($0) } ?? .null, .integer(Self.rowsAtOnce))
    ])[0]
    for row in rows {
      guard size < Self.pageBytes else { return }
      let line = row.withBytes(1) { Array($0) }
      add(
        RawJSON {
          $0.object { writer in
            writer.name(table.name)
            writer.raw(line)
          }
        }.bytes, to: &page, &size)
      counts[position.table] += 1
      position.after = row.withBytes(0) { Array($0) }
    }
    if rows.count < Self.rowsAtOnce {
      position = Position(table: position.table + 1, after: nil)
    }
  }

  /// The last line: how much came before it.
  private var end: [UInt8] {
    RawJSON {
      $0.object {
        $0.member("end") {
          $0.member("lines", lines)
          $0.name("tables")
          $0.object { writer in
            for (table, count) in zip(tables, counts) {
              writer.name(table.name)
              writer.value(count)
            }
          }
          $0.member("digest", digest.text)
        }
      }
    }.bytes
  }
}
