internal import JSON
internal import JSONRPC
internal import SalesRules
internal import VoronkaClient

/// One import: rows go to the server in batches, some of them in flight, and every one must be taken.
struct RowImport {
  /// Transactions stay short, and a line well under the server's 1 MiB.
  private static let maximumRows = 500
  private static let maximumBytes = 500_000
  private static let callsInFlight = 3

  private let admin: Caller
  private let id: Int64
  private var waiting: [PreparedCall] = []

  /// Begins an import of kinds of rows, in the order in which they are going to come.
  init(
    _ admin: Caller, source: String, kinds: [String], pipeline: Int64?
  ) async throws {
    var params: JSONObject = [
      "source": .string(source), "kinds": .array(kinds.map { .string($0) }), "dry_run": false,
      // The past was sold as it was sold.
      "skip_gate": true,
    ]
    params["pipeline"] = pipeline.map { .integer($0) }
    self.admin = admin
    id = try Caller.id(await admin.call("import.begin", params))
  }

  /// Sends rows of one kind to the end: what comes after may refer to them.
  mutating func send(_ kind: String, _ rows: some Sequence<JSONObject>) async throws {
    var batch: [RawJSON] = []
    var bytes = 0
    for (index, row) in rows.enumerated() {
      var row = row
      row["line"] = .integer(index + 1)
      // Whoever finishes a company later tells of other days, and means the same rows.
      row["if_absent"] = true
      let raw = RawJSON(.object(row))
      if batch.count == Self.maximumRows || bytes + raw.bytes.count > Self.maximumBytes {
        try await queue(kind, batch)
        batch = []
        bytes = 0
      }
      batch.append(raw)
      bytes += raw.bytes.count
    }
    if !batch.isEmpty { try await queue(kind, batch) }
    try await flush()
  }

  /// Ends the import.
  func finish() async throws {
    try await admin.call("import.finish", ["id": .integer(id)])
  }

  private mutating func queue(_ kind: String, _ rows: [RawJSON]) async throws {
    waiting.append(
      PreparedCall(
        "import.rows",
        raw: RawJSON { writer in
          writer.object {
            $0.name("import")
            $0.value(id)
            $0.name("kind")
            $0.value(kind)
            $0.name("rows")
            $0.array { for row in rows { $0.raw(row) } }
          }
        }))
    if waiting.count == Self.callsInFlight { try await flush() }
  }

  private mutating func flush() async throws {
    let calls = waiting
    waiting = []
    for result in try await admin.connection.pipeline(calls) {
      switch result {
      case .failure(let error): throw DemoError("import.rows", error)
      case .success(let answer):
        guard let first = answer["rejected"]?.array?.first else { continue }
        throw DemoError(
          "The server did not take row \(first["line"]?.description ?? "?") of an import: "
            + (first["reason"]?.string ?? "no reason given"))
      }
    }
  }
}
