internal import JSON
internal import JSONRPC
internal import Postgres

/// The rows of one call, with what has become of each.
struct ImportBatch<Row> {
  /// A row that may be taken.
  struct Entry {
    let line: Int64
    let externalID: String
    let row: Row
  }

  let call: TenantCall
  let kind: ImportKind
  let id: Int64
  /// The rows that can be read, in their order.
  private(set) var entries: [Entry] = []
  /// The objects of external ids seen before; 0 those of a dry run.
  private(set) var known: [String: Int64] = [:]
  private var rejected: [(line: Int64, reason: String)] = []

  init(
    _ call: TenantCall, _ kind: ImportKind, externalID: (Row) -> String,
    read: (ImportRow) throws(RowRejection) -> Row
  ) {
    self.call = call
    self.kind = kind
    id = call.arguments[ImportMembers.import]
    let rows = call.arguments[ImportMembers.rows]
    entries.reserveCapacity(rows.count)
    for (index, json) in rows.enumerated() {
      do throws(RowRejection) {
        let row = try read(try ImportRow(json, index: index))
        entries.append(
          Entry(
            line: ImportRow.line(json, index: index), externalID: externalID(row), row: row))
      } catch {
        rejected.append((ImportRow.line(json, index: index), error.reason))
      }
    }
  }

  /// The statements that every call begins with: the import, and which external ids are known.
  var openingReads: [BoundStatement] {
    [
      ImportStatements.planByIndex(), ImportStatements.get(call.tenantParameter, .integer(id)),
      ImportStatements.known(
        call.tenantParameter, .integer(id), .text(kind.rawValue),
        .strings(entries.map(\.externalID))),
    ]
  }

  /// Takes the answers of `openingReads`; refuses an import that takes no such rows.
  mutating func open(_ results: [Rows]) throws -> ImportRecord {
    guard let row = results[1].first else { throw RPCError.notFound(what: "import") }
    let record = try ImportRecord(row)
    try record.requireRunning()
    guard record.kinds.contains(kind) else {
      throw RPCError.invalid([
        FieldProblem(
          path: "kind", problem: "is not one of those that import.begin was told of")
      ])
    }
    for row in results[2] { known[try row.string(0)] = try row.integer(1) }
    return record
  }

  /// The rows whose external ids are new, each id once.
  var newEntries: [Entry] {
    var seen = Set<String>()
    return entries.filter { known[$0.externalID] == nil && seen.insert($0.externalID).inserted }
  }

  mutating func reject(_ entry: Entry, _ rejection: RowRejection) {
    rejected.append((entry.line, rejection.reason))
  }

  /// What opens every writing: the import is held open, and the external ids are taken.
  func taking(_ objects: [(externalID: String, object: Int64)]) -> [BoundStatement] {
    [
      ImportStatements.requireRunning(call.tenantParameter, .integer(id)),
      Self.keys(kind.rawValue, objects, import: id, call),
    ]
  }

  static func keys(
    _ kind: String, _ objects: [(externalID: String, object: Int64)], import id: Int64,
    _ call: TenantCall
  ) -> BoundStatement {
    let sorted = objects.sorted { $0.externalID.utf8.lexicographicallyPrecedes($1.externalID.utf8) }
    return ImportStatements.insertKeys(
      call.tenantParameter, .integer(id), .text(kind), .strings(sorted.map(\.externalID)),
      .integers(sorted.map(\.object)))
  }

  /// The call's result: what was neither accepted nor rejected is unchanged.
  func answer(accepted: Int) -> RawJSON {
    let rows = call.arguments[ImportMembers.rows].count
    return RawJSON {
      $0.object {
        $0.member("accepted", accepted)
        $0.member("unchanged", rows - accepted - rejected.count)
        $0.name("rejected")
        $0.array {
          for entry in rejected.sorted(by: { $0.line < $1.line }) {
            $0.object {
              $0.member("line", entry.line)
              $0.member("reason", entry.reason)
            }
          }
        }
      }
    }
  }
}
