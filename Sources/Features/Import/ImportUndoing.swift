internal import JSON
internal import JSONRPC
internal import Postgres

/// `import.undo`: takes an import back in small transactions, so that nothing waits long for it.
///
/// It first marks the import as undone, after which no rows are taken, and may then be broken off and
/// begun again at any point.
struct ImportUndoing {
  private static let chunk = 1000

  /// The kinds that go, in the order in which they may: cards first, then what they referred to.
  private static let steps: [(kind: String, statement: Statement)] = [
    ("deal", ImportUndoStatements.removeCards), ("contact", ImportUndoStatements.removeContacts),
    ("company", ImportUndoStatements.removeCompanies),
  ]

  private let call: TenantCall
  private let record: ImportRecord

  init(_ call: TenantCall, _ record: ImportRecord) {
    self.call = call
    self.record = record
  }

  private var id: Parameter { .integer(record.id) }

  func work() async throws -> Work {
    guard !record.isDryRun else {
      throw RPCError.conflict("This is a dry run: it kept nothing. End it with import.finish.")
    }
    if call.isDryRun { return try await preview() }
    // The audit has a row for the beginning, which may be broken off, and one for the end.
    try await call.commit(
      Work(
        [ImportUndoStatements.mark(call.tenantParameter, id)], answer: record.answer,
        before: record.answer))
    for (kind, statement) in Self.steps {
      var after: (source: String, externalID: String)? = (record.source, "")
      while let last = after {
        after = try await remove(statement, kind: kind, after: last.externalID)
      }
    }
    let results = try await call.report(
      ImportStatements.get(call.tenantParameter, id),
      ImportStatements.count(call.tenantParameter, id)
    )
    guard let row = results[0].first else { throw RPCError.notFound(what: "import") }
    let answer = answer(try Self.counts(removed: row), stays: try Self.counts(results[1]))
    try await call.commit(Work([], answer: answer))
    return .nothing(answer)
  }

  /// Looks at the next keys of a kind and removes what they stand for; where the next ones begin.
  private func remove(
    _ statement: Statement, kind: String, after: String
  ) async throws -> (source: String, externalID: String)? {
    let keys = try await call.read(
      ImportUndoStatements.keys(
        call.tenantParameter, id, .text(kind), .text(after), .integer(Self.chunk)))
    guard let last = keys[0].last else { return nil }
    let ids = try keys[0].map { try $0.string(0) }
    var part = Work(
      [ImportStatements.planByIndex(), statement(call.tenantParameter, id, .strings(ids))],
      answer: record.answer)
    part.isAudited = false
    try await call.commit(part)
    return keys[0].count < Self.chunk ? nil : (record.source, try last.string(0))
  }

  private func preview() async throws -> Work {
    let results = try await call.report(
      ImportUndoStatements.preview(call.tenantParameter, id),
      ImportStatements.count(call.tenantParameter, id))
    let removed = try Self.counts(results[0])
    var stays = try Self.counts(results[1])
    for (kind, count) in removed { stays[kind, default: 0] -= count }
    return .nothing(answer(removed, stays: stays.filter { $0.value > 0 }))
  }

  private func answer(_ removed: [String: Int64], stays: [String: Int64]) -> RawJSON {
    RawJSON {
      $0.object {
        $0.member("id", record.id)
        if call.isDryRun { $0.member("dry_run", true) }
        Self.write(removed, "removed", to: &$0)
        Self.write(stays, "stays", to: &$0)
      }
    }
  }

  // MARK: - Counts by kind

  /// From rows of kinds and counts.
  static func counts(_ rows: Rows) throws -> [String: Int64] {
    var counts: [String: Int64] = [:]
    for row in rows { counts[try row.string(0)] = try row.integer(1) }
    return counts
  }

  /// From the last column of `ImportStatements.get`.
  static func counts(removed row: Row) throws -> [String: Int64] {
    let members = try JSONReader().read(try row.string(10)).object?.members ?? []
    return Dictionary(
      members.compactMap { member in member.value.int64.map { (member.name, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  static func write(
    _ counts: [String: Int64], _ name: StaticString, to writer: inout JSONWriter
  ) {
    writer.member(name) {
      for (kind, count) in counts.sorted(by: { $0.key < $1.key }) {
        $0.name(kind)
        $0.value(count)
      }
    }
  }
}
