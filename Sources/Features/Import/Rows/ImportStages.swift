internal import SalesRules

/// The stages of the pipeline that an import's deals go into, found by name and let in by the gate.
struct ImportStages {
  private let design: PipelineDesign
  private let names: [String: GateStage]
  private let folded: [String: GateStage]
  private let texts: [Int64: String]
  /// For an import that passes by the rules of selling, what the gate says of each stage.
  private let verdicts: [Int64: GateVerdict]?
  private let rules: ClosingRules
  private let reasons: Set<ReasonKind>
  private let now: Timestamp
  let first: GateStage
  let lastOpen: GateStage

  /// Whether the rows are leads or deals.
  var kind: CardKind { design.kind }

  /// Of a pipeline that is there.
  init(
    _ pipeline: Pipeline, skipsGate: Bool, company: Company, now: Timestamp
  ) throws(RowRejection) {
    try self.init(
      pipeline.design, names: pipeline.stages.map { ($0.id, $0.name) },
      skipsGate: skipsGate, company, now)
  }

  /// Of a pipeline that a dry run does not make: its stages have numbers of their own here.
  init(
    draft: [StageDraft], skipsGate: Bool, company: Company, now: Timestamp
  ) throws(RowRejection) {
    let stages = draft.enumerated().map { index, stage in
      GateStage(id: Int64(index + 1), position: index + 1, kind: stage.kind)
    }
    try self.init(
      PipelineDesign(id: 0, kind: .deal, stages: stages),
      names: draft.enumerated().map { (Int64($0 + 1), $1.name) }, skipsGate: skipsGate, company,
      now)
  }

  private init(
    _ design: PipelineDesign, names: [(id: Int64, name: String)], skipsGate: Bool,
    _ company: Company, _ now: Timestamp
  ) throws(RowRejection) {
    let open = design.stages.filter(\.holdsOpenCards)
    guard let first = open.first, let last = open.last else {
      throw RowRejection("the pipeline has no open stage")
    }
    self.design = design
    self.first = first
    self.now = now
    lastOpen = last
    rules = company.rules
    reasons = company.reasonsAvailable
    texts = Dictionary(uniqueKeysWithValues: names.map { ($0.id, $0.name) })
    var byName: [String: GateStage] = [:]
    var folded: [String: GateStage] = [:]
    for stage in design.stages {
      let name = texts[stage.id] ?? ""
      byName[name] = stage
      folded[ListName.key(name)] = stage
    }
    self.names = byName
    self.folded = folded
    verdicts = skipsGate ? Self.exemptions(design, company, now) : nil
  }

  /// For an import that is exempt from the rules of selling the gate is asked once for each stage, not for
  /// each row: what is left (whether the stage exists and cards may be put into the pipeline) is the same
  /// for all rows.
  private static func exemptions(
    _ design: PipelineDesign, _ company: Company, _ now: Timestamp
  ) -> [Int64: GateVerdict] {
    var verdicts: [Int64: GateVerdict] = [:]
    for stage in design.stages {
      verdicts[stage.id] = StageGate.decide(
        GateRequest(
          .import(filled: [], stage: stage.id, exempt: true), in: design, rights: .all,
          reasonsAvailable: company.reasonsAvailable, rules: company.rules, now: now))
    }
    return verdicts
  }

  func name(_ stage: GateStage) -> String { texts[stage.id] ?? "" }

  /// The stage of that name; letters' case does not count.
  func named(_ name: String) throws(RowRejection) -> GateStage {
    guard let stage = names[name] ?? folded[ListName.key(name)] else {
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

  /// Lets a card into a stage, or refuses where the gate does: the stages it went through, what is filled in,
  /// and the reason and the comment it was closed with. A reason that the import makes is one to choose from.
  func pass(
    into stage: GateStage, past: [Int64], filled: Set<String>, reason: ReasonKind?,
    comment: String?
  ) throws(RowRejection) -> GatePassage {
    // How a way out is gone through differs from row to row.
    let isOut = past.contains { design.stage($0)?.isExit == true }
    let known = isOut ? nil : verdicts?[stage.id]
    let verdict =
      known
      ?? StageGate.decide(
        GateRequest(
          .import(filled: filled, past: past, stage: stage.id, exempt: verdicts != nil), in: design,
          rights: .all,
          // Old deals were closed for old reasons too.
          reason: reason.map { GateReason(id: 0, kind: $0) }, comment: comment,
          reasonsAvailable: reasons, rules: rules, now: now))
    switch verdict {
    case .allowed(let passage): return passage
    case .refused(let problems):
      throw RowRejection(problems.map(sentence).joined(separator: " "))
    }
  }

  /// What a row's writer has to know of a problem; of a stage, by its name.
  private func sentence(_ problem: GateProblem) -> String {
    guard case .exit(let id) = problem else { return problem.sentence }
    return
      "No lead stands in the stage \(RowRejection.quoted(texts[id] ?? "")), which makes a deal of it at once; "
      + "name the stage before it, or have it won from there."
  }
}
