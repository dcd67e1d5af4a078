/// One look at a pipeline, fault by fault.
struct LintCheck {
  let pipeline: LintPipeline
  let history: LintHistory?

  private var open: [LintStage] { pipeline.stages.filter { $0.kind == .open } }

  /// A fault of those stages of some, which have it.
  private func finding(
    _ code: LintCode, _ severity: LintSeverity, among stages: [LintStage],
    _ hasIt: (LintStage) -> Bool
  ) -> [LintFinding] {
    let found = stages.filter(hasIt)
    guard !found.isEmpty else { return [] }
    return [
      LintFinding(
        code, severity, stages: found.map { LintFinding.Evidence(stage: $0.id) },
        count: found.count, outOf: stages.count)
    ]
  }

  // MARK: - The design

  /// S4, errors 8 and 13: figures of such a pipeline mean nothing. Of the two styles the rarer is told.
  var styles: [LintFinding] {
    let facts = open.count { $0.style == .conversion }
    let rarer: StageStyle = facts * 2 <= open.count ? .conversion : .process
    let isMixed = facts > 0 && facts < open.count
    return (isMixed ? finding(.mixedStyles, .error, among: open) { $0.style == rarer } : [])
      + finding(.taskAsStage, .error, among: open) { StageNames.isTask($0.name) }
  }

  /// S4, errors 2, 4, 5, 7 and 11. Error 1, a stage in which nothing happens by itself, can be told of none
  /// before something can.
  var stages: [LintFinding] {
    // A card enters the first stage as it comes.
    let later = Array(open.dropFirst())
    let demandsNothing = later.allSatisfy { !$0.hasRequired }
    return finding(.noDwellLimit, .warning, among: open) { !$0.hasDwellLimit }
      + finding(.noRequiredFields, demandsNothing ? .warning : .advice, among: later) {
        !$0.hasRequired
      }
      + finding(.noHint, .warning, among: open) { !$0.hasHint }
      + finding(.noResponsible, .advice, among: open) { $0.hasResponsible == false }
      + keyStage
  }

  private var keyStage: [LintFinding] {
    guard open.count > 1, !open.contains(where: \.isKey) else { return [] }
    return [LintFinding(.noKeyStage, .warning, count: 0, outOf: open.count)]
  }

  /// S4: "if a deal can move back, something is wrong with your pipeline", and error 9.
  var rules: [LintFinding] {
    var found: [LintFinding] = []
    if pipeline.rules.noBack == .off, open.count > 1 {
      found.append(LintFinding(.backAllowed, .advice, count: open.count, outOf: open.count))
    }
    if pipeline.kind == .deal, pipeline.rules.crossOnlyByWin == .off {
      found.append(LintFinding(.crossingAllowed, .advice, count: open.count, outOf: open.count))
    }
    return found
  }

  // MARK: - The company around it

  /// S4, errors 3 and 10, and 6 by the number of fields.
  var company: [LintFinding] {
    qualification + nurturing + fields
  }

  private var qualification: [LintFinding] {
    guard let company = pipeline.company, pipeline.kind == .deal, !company.hasLeads else {
      return []
    }
    let names = company.names + [pipeline.name] + open.map(\.name)
    guard !names.contains(where: StageNames.isQualification),
      !StageNames.isNurturing(pipeline.name)
    else { return [] }
    return [LintFinding(.noQualification, .warning, count: 0, outOf: open.count)]
  }

  /// Where cards were lost, the stage that loses most is the one to think of.
  private var nurturing: [LintFinding] {
    guard let company = pipeline.company, pipeline.kind == .deal else { return [] }
    let names = company.names + [pipeline.name] + open.map(\.name)
    // Who calls in the cold is not warmed elsewhere (S4).
    guard !names.contains(where: StageNames.isNurturing),
      !StageNames.isQualification(pipeline.name)
    else { return [] }
    let counts = history?.stages ?? []
    let lost = counts.reduce(0) { $0 + $1.lost }
    guard lost >= PipelineLint.fewestCards, let worst = counts.max(by: { $0.lost < $1.lost })
    else { return [LintFinding(.noNurturing, .advice, count: 0, outOf: open.count)] }
    return [
      LintFinding(
        .noNurturing, .warning,
        stages: [
          LintFinding.Evidence(stage: worst.stage, count: worst.lost, outOf: lost)
        ], count: worst.lost, outOf: lost)
    ]
  }

  private var fields: [LintFinding] {
    let cards = history?.cards ?? 0
    let seldom =
      cards >= PipelineLint.fewestCards
      ? (history?.filled ?? [:]).filter { $0.value * PipelineLint.seldom < cards }.keys.sorted()
      : []
    guard pipeline.fieldCount > PipelineLint.manyFields || !seldom.isEmpty else { return [] }
    return [
      LintFinding(
        .tooManyFields, seldom.isEmpty ? .advice : .warning, fields: seldom,
        count: seldom.isEmpty ? pipeline.fieldCount : seldom.count, outOf: pipeline.fieldCount)
    ]
  }

  // MARK: - What cards did

  /// S4: the right funnel narrows, nothing moves back, and cards are lost in time (error 14).
  var cards: [LintFinding] {
    guard let history, history.cards > 0 else { return [] }
    return movesBack(history) + shape(history)
  }

  private func movesBack(_ history: LintHistory) -> [LintFinding] {
    let all = history.moves.reduce(0) { $0 + $1.count }
    var back = 0
    var into: [Int64: Int] = [:]
    for move in history.moves where move.isBack {
      back += move.count
      into[move.to, default: 0] += move.count
    }
    guard back > 0 else { return [] }
    // A handful among many is a slip; one in twenty is how the pipeline works.
    return [
      LintFinding(
        .movesBack, back * 20 >= all ? .error : .advice,
        stages: open.compactMap { stage in
          into[stage.id].map { LintFinding.Evidence(stage: stage.id, count: $0, outOf: all) }
        }, count: back, outOf: all)
    ]
  }

  private func shape(_ history: LintHistory) -> [LintFinding] {
    // Where cards stand does not depend on the order of the stages; the way that they took does.
    let (whole, narrowed) = (FunnelShape(history.stages), FunnelShape(history.shape))
    let gathered: [(FunnelShape, FunnelFinding.Kind, LintCode, LintSeverity)] = [
      (narrowed, .grows, .grows, .error), (narrowed, .skipped, .skipped, .advice),
      (whole, .pilesUp, .pilesUp, .error),
    ]
    return gathered.compactMap { shape, kind, code, severity in
      let own = shape.findings.filter { $0.kind == kind }
      guard let worst = own.max(by: { $0.count < $1.count }) else { return nil }
      return LintFinding(
        code, severity,
        stages: own.map {
          LintFinding.Evidence(stage: $0.stage, count: $0.count, outOf: $0.outOf)
        }, count: worst.count, outOf: worst.outOf)
    }
  }
}
