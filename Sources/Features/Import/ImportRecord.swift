internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// One import as the database knows it.
struct ImportRecord: Sendable {
  let id: Int64
  let source: String
  let kinds: [ImportKind]
  let pipeline: Int64?
  let isDryRun: Bool
  /// Whether rows pass by the rules of selling.
  let skipsGate: Bool
  /// The stages of a pipeline that a dry run does not make.
  let draft: [StageDraft]
  var state: ImportState
  let startedBy: Int64?
  let startedAt: Timestamp
  var finishedAt: Timestamp?

  /// From the columns of `ImportStatements.get`.
  init(_ row: Row) throws {
    id = try row.integer(0)
    source = try row.string(1)
    kinds = try row.strings(2).compactMap { $0.flatMap(ImportKind.init(rawValue:)) }
    pipeline = try row.integerIfPresent(3)
    isDryRun = try row.bool(4)
    let stages = try row.stringIfPresent(5).map { try JSONReader().read($0).array ?? [] } ?? []
    draft = stages.compactMap { stage in
      guard let name = stage["name"]?.string,
        let kind = stage["kind"]?.string.flatMap(StageKind.init(rawValue:))
      else { return nil }
      return StageDraft(name: name, kind: kind)
    }
    state = try row.word(6)
    startedBy = try row.integerIfPresent(7)
    startedAt = try row.timestamp(8)
    finishedAt = try row.timestampIfPresent(9)
    skipsGate = try row.bool(11)
  }

  /// A new one.
  init(
    id: Int64, source: String, kinds: [ImportKind], pipeline: Int64?, isDryRun: Bool,
    skipsGate: Bool, draft: [StageDraft], startedBy: Int64, startedAt: Timestamp
  ) {
    self.id = id
    self.source = source
    self.kinds = kinds
    self.pipeline = pipeline
    self.isDryRun = isDryRun
    self.skipsGate = skipsGate
    self.draft = draft
    self.startedBy = startedBy
    self.startedAt = startedAt
    state = .running
  }

  /// Refuses where no more rows are taken.
  func requireRunning() throws(RPCError) {
    guard state != .running else { return }
    throw .conflict("The import is \(state.rawValue): begin another one with import.begin.")
  }

  func write(to writer: inout JSONWriter, more: (inout JSONWriter) -> Void = { _ in }) {
    writer.object {
      $0.member("id", id)
      $0.member("source", source)
      $0.member("kinds", kinds.map(\.rawValue))
      $0.member("pipeline", pipeline)
      $0.member("dry_run", isDryRun)
      $0.member("skip_gate", skipsGate)
      $0.member("state", state.rawValue)
      $0.member("started_by", startedBy)
      $0.member("started_at", startedAt)
      $0.member("finished_at", finishedAt)
      more(&$0)
    }
  }

  /// The record as a method's whole result.
  var answer: RawJSON { RawJSON { write(to: &$0) } }
}
