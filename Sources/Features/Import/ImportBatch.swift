internal import JSON
internal import JSONRPC
internal import Postgres

/// The rows of one call, with what has become of each.
///
/// A row comes again where it is sent again, stands in a later import, or stands twice. Sent again and as
/// it was, it is unchanged; else it is rejected: what a person gave is never dropped without a word.
struct ImportBatch<Row> {
  /// A row that may be taken.
  struct Entry {
    let line: Int64
    let externalID: String
    let content: RowContent
    /// Whether the row only wants its object to be there, whatever it says.
    let isIfAbsent: Bool
    let row: Row

    /// The row's external id, for an object of that number.
    func key(_ object: Int64) -> ImportKey {
      ImportKey(externalID: externalID, object: object, line: line, content: content)
    }
  }

  let call: TenantCall
  let kind: ImportKind
  let id: Int64
  /// The rows that can be read, in their order.
  private(set) var entries: [Entry] = []
  /// The external ids seen before.
  private(set) var known: [String: KnownKey] = [:]
  /// The external ids that stand in this call's rows so far, of those that were not rejected.
  private var taken: [String: (line: Int64, content: RowContent)] = [:]
  private var rejected: [(line: Int64, reason: String)] = []
  private var warnings: [(line: Int64, reason: String)] = []

  init(
    _ call: TenantCall, _ kind: ImportKind, externalID: (Row) -> String,
    content: (ImportRow, Row) -> RowContent = { row, _ in RowContent(row) },
    read: (ImportRow) throws(RowRejection) -> Row
  ) {
    self.call = call
    self.kind = kind
    id = call.arguments[ImportMembers.import]
    let rows = call.arguments[ImportMembers.rows]
    entries.reserveCapacity(rows.count)
    for (index, json) in rows.enumerated() {
      do throws(RowRejection) {
        let source = try ImportRow(json, index: index)
        let row = try read(source)
        entries.append(
          Entry(
            line: source.line, externalID: externalID(row), content: content(source, row),
            isIfAbsent: source.isIfAbsent, row: row))
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
    for row in results[2] {
      let found = try KnownKey(row)
      known[found.key.externalID] = found
    }
    return record
  }

  // MARK: - What becomes of a row

  /// The rows whose external ids are new, which are taken with that.
  mutating func takeNew() -> [Entry] {
    var new: [Entry] = []
    for entry in entries where isNew(entry) {
      take(entry)
      new.append(entry)
    }
    return new
  }

  /// Whether the row's external id is new. One that is not is unchanged, or rejected with that.
  mutating func isNew(_ entry: Entry) -> Bool {
    do throws(RowRejection) {
      if let first = taken[entry.externalID] {
        if entry.isIfAbsent { return false }
        throw RowRejection.twice(
          entry.externalID, line: first.line, isSame: first.content == entry.content)
      }
      guard let known = known[entry.externalID] else { return true }
      if !entry.isIfAbsent { try requireUnchanged(entry, known) }
      take(entry)
    } catch {
      reject(entry, error)
    }
    return false
  }

  private func requireUnchanged(_ entry: Entry, _ known: KnownKey) throws(RowRejection) {
    let isSame = known.key.content.map { $0 == entry.content } ?? true
    if known.importID == id {
      // The same row again was sent again, for want of an answer.
      guard isSame, known.key.line == entry.line else {
        throw .twice(entry.externalID, line: known.key.line, isSame: isSame)
      }
    } else if !isSame {
      throw .isThere(kind, entry.externalID, import: known.importID)
    }
  }

  /// From now on the row's external id is not new any more.
  mutating func take(_ entry: Entry) {
    taken[entry.externalID] = (entry.line, entry.content)
  }

  mutating func reject(_ entry: Entry, _ rejection: RowRejection) {
    rejected.append((entry.line, rejection.reason))
  }

  /// Tells of a value of a row that is taken all the same.
  mutating func warn(_ entry: Entry, _ reason: String) {
    warnings.append((entry.line, reason))
  }

  // MARK: - Writing and answering

  /// What opens every writing: the import is held open, and the external ids are taken.
  func taking(_ keys: [ImportKey]) -> [BoundStatement] {
    [
      ImportStatements.requireRunning(call.tenantParameter, .integer(id)),
      ImportKey.insertion(keys, kind: kind.rawValue, import: id, call),
    ]
  }

  /// The call's result: what was neither accepted nor rejected is unchanged.
  func answer(accepted: Int) -> RawJSON {
    let rows = call.arguments[ImportMembers.rows].count
    return RawJSON {
      $0.object {
        $0.member("accepted", accepted)
        $0.member("unchanged", rows - accepted - rejected.count)
        Self.write(rejected, "rejected", to: &$0)
        Self.write(warnings, "warnings", to: &$0)
      }
    }
  }

  private static func write(
    _ entries: [(line: Int64, reason: String)], _ name: StaticString, to writer: inout JSONWriter
  ) {
    writer.name(name)
    writer.array {
      for entry in entries.sorted(by: { $0.line < $1.line }) {
        $0.object {
          $0.member("line", entry.line)
          $0.member("reason", entry.reason)
        }
      }
    }
  }
}
