internal import SalesRules

/// The stages of the pipeline that an import's deals go into, found by name and let in by the gate.
struct ImportStages {
  private let names: [String: GateStage]
  private let folded: [String: GateStage]
  private let texts: [Int64: String]
  private let refusals: [Int64: String]
  let kind: CardKind
  let first: GateStage
  let lastOpen: GateStage

  /// Of a pipeline that is there.
  init(_ pipeline: Pipeline, company: Company, now: Timestamp) throws(RowRejection) {
    try self.init(
      pipeline.design, names: pipeline.stages.map { ($0.id, $0.name) }, rules: company.rules,
      reasons: company.reasonsAvailable, now: now)
  }

  /// Of a pipeline that a dry run does not make: its stages have numbers of their own here.
  init(draft: [StageDraft], company: Company, now: Timestamp) throws(RowRejection) {
    let stages = draft.enumerated().map { index, stage in
      GateStage(id: Int64(index + 1), position: index + 1, kind: stage.kind)
    }
    try self.init(
      PipelineDesign(id: 0, kind: .deal, stages: stages),
      names: draft.enumerated().map { (Int64($0 + 1), $1.name) }, rules: company.rules,
      reasons: company.reasonsAvailable, now: now)
  }

  /// The gate is asked once for each stage, not for each row: an import is exempt from the rules of
  /// selling, and what is left (whether the stage exists and cards may be put into the pipeline) is the
  /// same for all rows.
  private init(
    _ design: PipelineDesign, names: [(id: Int64, name: String)], rules: ClosingRules,
    reasons: Set<ReasonKind>, now: Timestamp
  ) throws(RowRejection) {
    let open = design.stages.filter { $0.kind == .open }.sorted { $0.position < $1.position }
    guard let first = open.first, let last = open.last else {
      throw RowRejection("the pipeline has no open stage")
    }
    self.first = first
    lastOpen = last
    kind = design.kind
    texts = Dictionary(uniqueKeysWithValues: names.map { ($0.id, $0.name) })
    var byName: [String: GateStage] = [:]
    var folded: [String: GateStage] = [:]
    var refusals: [Int64: String] = [:]
    for stage in design.stages {
      let name = texts[stage.id] ?? ""
      byName[name] = stage
      folded[name.lowercased()] = stage
      let verdict = StageGate.decide(
        GateRequest(
          .import(filled: [], stage: stage.id, exempt: true), in: design, reasonsAvailable: reasons,
          rules: rules, now: now))
      if !verdict.isAllowed {
        refusals[stage.id] = verdict.refusals.map(\.sentence).joined(separator: " ")
      }
    }
    self.names = byName
    self.folded = folded
    self.refusals = refusals
  }

  func name(_ stage: GateStage) -> String { texts[stage.id] ?? "" }

  /// The stage of that name; letters' case does not count.
  func named(_ name: String) throws(RowRejection) -> GateStage {
    guard let stage = names[name] ?? folded[name.lowercased()] else {
      throw RowRejection("the pipeline has no stage \(RowRejection.quoted(name))")
    }
    return stage
  }

  /// The open stage of that name.
  func open(_ name: String) throws(RowRejection) -> GateStage {
    let stage = try named(name)
    guard stage.kind == .open else {
      throw RowRejection("opened_in has to be an open stage; \(RowRejection.quoted(name)) is not")
    }
    return stage
  }

  /// Refuses where the gate does.
  func requireEntry(_ stage: GateStage) throws(RowRejection) {
    if let refusal = refusals[stage.id] { throw RowRejection(refusal) }
  }
}
