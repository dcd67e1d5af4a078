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
  private var leads = Set<String>()
  private var done = 0
  private(set) var tally = ImportTally()
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

  /// Sends one file's rows to the end: what comes after may refer to them.
  func send(_ file: ImportPlan.File) async throws {
    let kind = file.maker.mapping.kind
    var batch = RowBatch(kind: kind)
    var reader = try CSVReader(
      path: file.source.path, name: file.source.name, delimiter: file.maker.mapping.delimiter)
    _ = try reader.next()
    while let record = try reader.next() {
      let rows: [JSONObject]
      do {
        rows = try file.maker.rows(record, references: &references)
      } catch {
        try reject(record, of: file.source.name, kind: kind, reason: error.reason)
        continue
      }
      for row in rows where isNew(row) {
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

  /// A lead stands in every row of the team's members, but comes once.
  private func isNew(_ row: JSONObject) -> Bool {
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
      guard let line = entry["line"]?.int64, let (file, record) = batch.records[Int(line)] else {
        throw ConsoleFailure.unreachable("The server rejected a row that was not sent.")
      }
      try reject(
        record, of: file, kind: batch.kind, reason: entry["reason"]?.string ?? "no reason given")
    }
    done += batch.records.count
    progress.show(done, batch.kind.rawValue)
  }

  private func reject(
    _ record: CSVRecord, of file: String, kind: ImportKind, reason: String
  ) throws {
    try rejected.add(file: file, record: record, reason: reason)
    tally.add(kind, rejected: 1)
  }
}
