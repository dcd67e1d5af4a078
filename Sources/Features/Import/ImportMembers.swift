internal import JSON
internal import JSONRPC
internal import SalesRules

/// What `import.*` takes.
enum ImportMembers {
  /// The most rows of one call.
  static let mostRows = 1000

  static let source = Member<String>.text(
    "source", length: 1...200,
    "Tells the external ids of this import from those of others; the same again goes on with them.")
  static let kinds = Member<[ImportKind]>.array(
    "kinds", of: .choice("kind", "A kind of rows."), count: 1...ImportKind.allCases.count,
    "The kinds of rows that are going to come.")
  static let skipGate = Member<Bool>.boolean(
    "skip_gate",
    "Whether cards are taken in spite of the rules of selling (what is missing, reasons, comments), since what "
      + "was sold elsewhere was sold by other rules. Where it is absent, a row that breaks them is rejected."
  )
  static let `import` = Member<Int64>.identifier("import", "The import's id.")
  static let kind = Member<ImportKind>.choice("kind", "What the rows are.")
  static let rows = Member<[JSON]>.array(
    "rows", of: .any("row", "An object; see the method's details."), count: 0...mostRows,
    "The rows, at most \(mostRows).")

  // MARK: - The pipeline of the deals

  /// A pipeline that is there, or one that is made unless one of its name is there.
  enum Target: Sendable {
    case known(Int64)
    case named(String, [StageDraft])
  }

  static let name = CommonMembers.listName("name", "The name.")
  static let stageKind = Member<StageKind>.choice("kind", "open (the default), won or lost.")
  static let stages = Member<[Arguments]>.array(
    "stages", of: .object("stage", [.required(name), .optional(stageKind)], "A stage."),
    count: 1...200, "The stages from first to last.")

  static let pipeline = Member<Target>.oneOf(
    "pipeline",
    [
      Member<Int64>.identifier("pipeline", "").map { .success(.known($0)) },
      Member<Arguments>.object("pipeline", [.required(name), .required(stages)], "").map {
        let stages = $0[stages].map { stage in
          StageDraft(name: stage[name], kind: stage[optional: stageKind] ?? .open)
        }
        return .success(.named($0[name], stages))
      },
    ],
    "Where deals go: a pipeline's id, or an object with the name and the stages of one that is made "
      + "unless there is one of that name. Of the pipeline for leads the rows become leads.")
}
