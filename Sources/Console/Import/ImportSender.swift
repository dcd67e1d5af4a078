internal import JSON
internal import JSONRPC
internal import VoronkaClient

/// Sends the rows of a plan, several calls in flight, and keeps account of what became of them.
final class ImportSender {
  /// More would only wait in the server's queue.
  private static let callsInFlight = 4

  private let session: Session
  private let importID: Int64
  private let rejected: RejectedRows
  private let progress: ProgressBar
  private var waiting: [RowBatch] = []
  private var events = DealEvents()
  private var leads = Set<String>()
  private var mentioned = Set<String>()
  private var done = 0
  private(set) var tally = ImportTally()
  /// What of rows that were taken is not as they say.
  private(set) var warnings: [RowWarning] = []
  private(set) var references: References

  init(
    session: Session, importID: Int64, references: References, rejected: RejectedRows,
    progress: ProgressBar
  ) {
    self.session = session
    self.importID = importID
    self.references = references
    self.rejected = rejected
    self.progress = progress
  }

  /// Sends the files in their order, stage events with the deals that they belong to.
  func send(_ files: [ImportPlan.File]) async throws {
    for file in files where file.maker.mapping.kind == .stageEvent { try gather(file) }
    for file in files where file.maker.mapping.kind.isOnWire { try await send(file) }
    for (file, record) in events.left {
      try reject(record, of: file, kind: .stageEvent, reason: "its deal is not in these files")
    }
  }

  private func gather(_ file: ImportPlan.File) throws {
    var reader = try file.source.rows()
    while let record = try reader.next() {
      do {
        for row in try file.maker.rows(record, references: &references) {
          events.add(row, record: record, file: file.source.name)
        }
      } catch {
        try reject(record, of: file.source.name, kind: .stageEvent, reason: error.reason)
      }
    }
  }

  /// Sends one file's rows to the end: what comes after may refer to them.
  private func send(_ file: ImportPlan.File) async throws {
    let kind = file.maker.mapping.kind
    var batch = RowBatch(kind: kind)
    var reader = try CSVReader(
      path: file.source.path, name: file.source.name, delimiter: file.maker.mapping.delimiter)
    _ = try reader.next()
    while let record = try reader.next() {
      var rows: [JSONObject]
      do {
        rows = try file.maker.rows(record, references: &references)
      } catch {
        try reject(record, of: file.source.name, kind: kind, reason: error.reason)
        continue
      }
      if kind == .deal { attachEvents(to: &rows, maker: file.maker) }
      for row in rows where isNew(row, kind) {
        let bytes = RawJSON(.object(row))
        if !batch.hasRoom(for: bytes) {
          try await queue(batch)
          batch = RowBatch(kind: kind)
        }
        guard batch.hasRoom(for: bytes) else {
          try reject(record, of: file.source.name, kind: kind, reason: "the row is too long")
          continue
        }
        batch.append(bytes, of: record, file: file.source.name)
      }
    }
    try await queue(batch)
    try await flush()
  }

  private func attachEvents(to rows: inout [JSONObject], maker: RowMaker) {
    for index in rows.indices {
      let own = events.take(for: rows[index], isClosed: maker.isClosed(rows[index]))
      if !own.isEmpty { rows[index]["events"] = .array(own) }
    }
  }

  /// A lead stands in every row of the team's members, and what is mentioned in many rows, but each comes
  /// once.
  private func isNew(_ row: JSONObject, _ kind: ImportKind) -> Bool {
    if row["if_absent"] == true, let id = row["external_id"]?.string {
      return mentioned.insert("\(kind.rawValue)\n\(id)").inserted
    }
    guard row["lead"] == true, let id = row["external_id"]?.string, let team = row["team"] else {
      return true
    }
    return leads.insert("\(id)\n\(team)").inserted
  }

  private func queue(_ batch: RowBatch) async throws {
    if !batch.isEmpty { waiting.append(batch) }
    if waiting.count >= Self.callsInFlight { try await flush() }
  }

  private func flush() async throws {
    let batches = waiting
    waiting = []
    let results = try await session.connection.pipeline(
      batches.map { $0.call(import: importID) })
    for (batch, result) in zip(batches, results) {
      do {
        try account(for: batch, result: try result.get())
      } catch let error as RPCError {
        throw ConsoleFailure.server(error)
      }
    }
  }

  private func account(for batch: RowBatch, result: JSON) throws {
    tally.add(
      batch.kind, accepted: Int(result["accepted"]?.int64 ?? 0),
      unchanged: Int(result["unchanged"]?.int64 ?? 0))
    for entry in result["rejected"]?.array ?? [] {
      let (file, record) = try source(of: entry, in: batch)
      try reject(
        record, of: file, kind: batch.kind, reason: entry["reason"]?.string ?? "no reason given")
    }
    for entry in result["warnings"]?.array ?? [] {
      let (file, record) = try source(of: entry, in: batch)
      warnings.append(
        RowWarning(file: file, line: record.line, text: entry["reason"]?.string ?? ""))
    }
    done += batch.records.count
    progress.show(done, batch.kind.rawValue)
  }

  private func source(
    of entry: JSON, in batch: RowBatch
  ) throws -> (file: String, record: CSVRecord) {
    guard let line = entry["line"]?.int64, let source = batch.records[Int(line)] else {
      throw ConsoleFailure.unreachable("The server told of a row that was not sent.")
    }
    return source
  }

  private func reject(
    _ record: CSVRecord, of file: String, kind: ImportKind, reason: String
  ) throws {
    try rejected.add(file: file, record: record, reason: reason)
    tally.add(kind, rejected: 1)
  }
}
