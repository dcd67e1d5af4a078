@testable internal import SalesRules

/// The gate told a second time, problem by problem, from what the articles and the protocol say of each: when
/// does it stand in the way? Nothing of the gate's own checks is used.
struct PlainGate {
  let request: GateRequest

  var own: PipelineDesign { request.pipeline }

  // MARK: - What happens

  /// The card of the step; a new one has none.
  var card: GateCard? {
    switch request.step {
    case .create, .import, .relocate: nil
    case .move(let card, _), .transfer(let card, _, _), .win(let card), .lose(let card, _),
      .invalidate(let card, _), .convert(let card, _, _, _, _), .copy(let card, _, _, _, _),
      .reopen(let card, _):
      card
    }
  }

  /// The other pipeline that the step leads into.
  private var target: PipelineDesign? {
    switch request.step {
    case .transfer(_, let target, _), .convert(_, let target, _, _, _),
      .copy(_, let target, _, _, _):
      target
    default: nil
    }
  }

  func kind(_ id: Int64, _ design: PipelineDesign) -> StageKind? {
    design.stages.first { $0.id == id }?.kind
  }

  func place(_ id: Int64) -> Int { own.stages.firstIndex { $0.id == id } ?? -1 }

  private enum Ending { case win, loss, invalid }

  /// How the card is closed by the step, if it is: also by moving it into a closing stage.
  private var ending: Ending? {
    switch request.step {
    case .win, .convert: .win
    case .copy(let card, _, _, _, _): card.outcome == .open ? .win : nil
    case .lose: .loss
    case .invalidate: .invalid
    case .move(let card, let stage):
      stage == card.stage
        ? nil : kind(stage, own) == .won ? .win : kind(stage, own) == .lost ? .loss : nil
    default: nil
    }
  }

  var isStay: Bool {
    if case .move(let card, let stage) = request.step { stage == card.stage } else { false }
  }

  /// A lead is not won: nothing is asked of such a step but whether the card is open.
  private var isWinOfLead: Bool {
    switch request.step {
    case .win, .move: ending == .win && card?.kind == .lead
    default: false
    }
  }

  // MARK: - Where it leads

  /// A stage of a kind: the one named, or the first, where cards stand if there is one; nil where there is none such.
  private func pick(_ wanted: StageKind, _ named: Int64?, _ design: PipelineDesign) -> GateStage? {
    let stage =
      named.map { id in design.stages.first { $0.id == id } }
      ?? design.stages.first { $0.kind == wanted && !$0.isExit }
      ?? design.stages.first { $0.kind == wanted }
    return stage?.kind == wanted ? stage : nil
  }

  /// Nobody stands in a way out.
  private func standing(in stage: GateStage?) -> GateProblem? {
    stage.flatMap { $0.isExit ? .exit(stage: $0.id) : nil }
  }

  /// The stage of the card's own pipeline that is entered, with what is wrong with it.
  var entered: (stage: GateStage?, problem: GateProblem?) {
    func told(_ wanted: StageKind, _ named: Int64?) -> (GateStage?, GateProblem?) {
      if let stage = pick(wanted, named, own) { return (stage, standing(in: stage)) }
      if let named, kind(named, own) != nil { return (nil, .wrongStageKind(expected: wanted)) }
      return (nil, .unknownStage)
    }
    switch request.step {
    case .create(_, let named): return told(.open, named)
    case .import(_, _, let named, _):
      let stage = own.stages.first { $0.id == named }
      return (stage, stage == nil ? .unknownStage : nil)
    case .move(let card, let named):
      if isStay { return (nil, nil) }
      let stage = own.stages.first { $0.id == named }
      if isWinOfLead { return (nil, nil) }
      _ = card
      return (stage, stage == nil ? .unknownStage : stage?.isExit == true ? .convertRequired : nil)
    case .win: return isWinOfLead ? (nil, nil) : told(.won, nil)
    case .lose(_, let named), .invalidate(_, let named): return told(.lost, named)
    case .convert: return told(.won, nil)
    case .copy(let card, _, _, _, _): return card.outcome == .open ? told(.won, nil) : (nil, nil)
    case .reopen(let card, let named):
      let usual = [own.reopensInto, card.lastOpenStage].compactMap { $0 }
        .first { holds($0, own) }
      return told(.open, named ?? usual)
    case .transfer, .relocate: return (nil, nil)
    }
  }

  /// The same of the other pipeline.
  var begun: (stage: GateStage?, problem: GateProblem?) {
    guard let target, mayBegin else { return (nil, nil) }
    var named: Int64?
    switch request.step {
    case .transfer(_, _, let stage): named = stage
    case .convert(_, _, let stage, _, _):
      if target.kind != .deal { return (nil, nil) }
      named = stage
    case .copy(let card, _, let stage, _, _):
      if target.kind != .deal { return (nil, nil) }
      // What was lost here goes on where the pipeline takes it up again (S0).
      let isAnew = card.outcome == .lost && card.pipeline == target.id
      named = stage ?? (isAnew && holds(target.reopensInto, target) ? target.reopensInto : nil)
    default: break
    }
    if let stage = pick(.open, named, target) { return (stage, standing(in: stage)) }
    if let named, kind(named, target) != nil { return (nil, .wrongStageKind(expected: .open)) }
    return (nil, .unknownStage)
  }

  private var mayBegin: Bool { request.rights.onTarget.contains(.create) }

  // MARK: - What stands in the way

  var refusals: Set<GateProblem> { isExempt ? all.filter { !Self.sells($0) } : all }

  var warnings: Set<GateProblem> {
    Set(rules.filter { $0.strength == .warn }.map(\.problem))
      .union(isExempt ? all.filter(Self.sells) : [])
  }

  private var isExempt: Bool {
    switch request.step {
    case .import(_, _, _, let exempt): exempt
    case .relocate: true
    default: false
    }
  }

  private static func sells(_ problem: GateProblem) -> Bool {
    switch problem {
    case .missing, .noBack, .noSkip, .crossOnlyByWin, .reasonRequired, .commentRequired,
      .lastContactRequired, .paidInvoiceRequired:
      true
    default: false
    }
  }

  private var all: Set<GateProblem> {
    var found = rights.union(ofCard).union(ofDesigns).union(ofClosing)
    found.formUnion([entered.problem, begun.problem].compactMap { $0 })
    found.formUnion(rules.filter { $0.strength == .enforce }.map(\.problem))
    let missing = self.missing
    if !missing.isEmpty { found.insert(.missing(missing)) }
    return found
  }

  private var rights: Set<GateProblem> {
    var needed: Set<Action> = []
    switch request.step {
    case .create, .import: needed = [.create]
    case .move, .transfer: needed = [.move]
    case .relocate: needed = [.configure]
    case .reopen, .copy: needed = [.close]
    default: break
    }
    if ending != nil { needed.insert(.close) }
    if case .convert(_, _, _, _, _?) = request.step { needed.insert(.move) }
    var lacking = needed.subtracting(request.rights.onCard)
    if target != nil, !mayBegin { lacking.insert(.create) }
    return Set(lacking.map { .right($0) })
  }

  private var ofCard: Set<GateProblem> {
    guard let card else { return [] }
    var found: Set<GateProblem> = []
    if card.pipeline != own.id || card.kind != own.kind { found.insert(.wrongPipeline) }
    switch request.step {
    case .reopen:
      if card.outcome == .open { found.insert(.notClosed) }
      if card.outcome == .won { found.insert(.wonIsFinal) }
      if card.outcome == .lost, let until, request.now >= until {
        found.insert(.reopenWindowPassed(until: until))
      }
    case .copy(_, let target, _, _, let hasOpenCopy):
      if card.kind != .deal { found.insert(.wrongKind(card.kind)) }
      if hasOpenCopy { found.insert(.alreadyCopied) }
      // At home nothing is made anew that can go on as it is.
      if target.id == own.id {
        if card.outcome == .open { found.insert(.ownPipeline) }
        if card.outcome == .lost, let until, request.now < until {
          found.insert(.reopenInstead(until: until))
        }
      }
    case .move where isStay: break
    default: if card.outcome != .open { found.insert(.alreadyClosed(card.outcome)) }
    }
    if case .convert = request.step, card.kind != .lead { found.insert(.wrongKind(card.kind)) }
    if isWinOfLead {
      if case .win = request.step {
        found.insert(.wrongKind(.lead))
      } else {
        found.insert(.convertRequired)
      }
    }
    return found
  }

  /// S0: for so many days after its loss.
  private var until: Timestamp? {
    card?.closedAt?.adding(seconds: Int64(request.rules.reopenDays) * 86_400)
  }

  private var ofDesigns: Set<GateProblem> {
    var shut: [PipelineDesign] = []
    var found: Set<GateProblem> = []
    switch request.step {
    case .create, .import, .reopen: shut = [own]
    case .move(_, let stage): if !isStay, kind(stage, own) == .open { shut = [own] }
    case .transfer(let card, let target, _):
      guard mayBegin else { break }
      shut = [target]
      if target.kind != card.kind || target.id == own.id { found.insert(.wrongPipeline) }
    case .convert(_, let target, _, _, _), .copy(_, let target, _, _, _):
      guard mayBegin else { break }
      if target.kind == .deal { shut = [target] } else { found.insert(.wrongPipeline) }
    case .relocate(let from, let target, let to):
      if target.id != own.id { shut = [target] }
      if target.kind != own.kind { found.insert(.wrongPipeline) }
      if from == to || kind(from, own) == nil || kind(to, target) == nil {
        found.insert(.unknownStage)
      } else if kind(from, own) != kind(to, target), let expected = kind(from, own) {
        found.insert(.wrongStageKind(expected: expected))
      }
      if from != to, kind(from, own) != nil,
        let problem = standing(in: target.stages.first { $0.id == to })
      {
        found.insert(problem)
      }
    default: break
    }
    if case .convert(_, _, _, _, let exit?) = request.step,
      !own.stages.contains(where: { $0.id == exit && $0.isExit })
    {
      found.insert(.unknownStage)
    }
    if case .import(_, let past, let named, _) = request.step {
      let path = (past + [named]).compactMap { id in own.stages.first { $0.id == id } }
      if kind(named, own) != nil {
        for (index, stage) in path.enumerated() {
          let next = path.dropFirst(index + 1).first
          if index > 0, next?.kind == .won { continue }
          if let problem = standing(in: stage) { found.insert(problem) }
        }
      }
    }
    if case .import(_, let past, _, _) = request.step,
      past.contains(where: { kind($0, own) == nil })
    {
      found.insert(.unknownStage)
    }
    if shut.contains(where: \.isFrozen) { found.insert(.frozen) }
    if shut.contains(where: \.isArchived) { found.insert(.archived) }
    return found
  }

  /// S0: a loss has a reason and a comment, a sale why they bought, what was never real its own list.
  private var ofClosing: Set<GateProblem> {
    var list: ReasonKind?
    switch (request.step, ending) {
    case (.convert, _): break
    case (_, .win?): list = isWinOfLead ? nil : .win
    case (_, .loss?): list = .loss
    case (_, .invalid?): list = .invalid
    case (.import(_, _, let stage, _), _):
      switch kind(stage, own) {
      case .won?: list = own.kind == .deal ? .win : nil
      case .lost?: list = request.reason?.kind == .invalid ? .invalid : .loss
      default: break
      }
    default: break
    }
    guard let list else { return [] }
    var found: Set<GateProblem> = []
    let rules = request.rules
    let isDemanded =
      [
        ReasonKind.loss: rules.requireLossReason, .win: rules.requireWinReason,
        .invalid: rules.requireInvalidReason,
      ][list] ?? false
    switch request.reason {
    case let reason?:
      if reason.kind != list || !reason.isActive { found.insert(.wrongReason(expected: list)) }
    case nil:
      if isDemanded, request.reasonsAvailable.contains(list) { found.insert(.reasonRequired(list)) }
    }
    // Who demands a paid invoice wins nothing without one; what is imported has none.
    if list == .win, rules.requirePaidInvoice, !(card?.hasPaidInvoice ?? false) {
      found.insert(.paidInvoiceRequired)
    }
    let usual =
      [
        ReasonKind.loss: rules.requireLossComment, .win: rules.requireWinComment,
        .invalid: rules.requireInvalidComment,
      ][list] ?? false
    let comment = (request.comment ?? "").filter { !$0.isWhitespace }
    if request.reason?.requiresComment ?? usual, comment.isEmpty { found.insert(.commentRequired) }
    return found
  }

  /// S4's three rules, S0's status.
  private var rules: [(strength: RuleStrength, problem: GateProblem)] {
    var broken: [(RuleStrength, GateProblem)] = []
    for way in [wayOut, way].compactMap(\.self) {
      if way.isBack { broken.append((way.design.rules.noBack, .noBack)) }
      let skipped = way.skipped
      if !skipped.isEmpty { broken.append((way.design.rules.noSkip, .noSkip(skipped: skipped))) }
    }
    switch request.step {
    case .relocate(let from, let target, _)
    where target.id != own.id && kind(from, own) == .open:
      broken.append((own.rules.crossOnlyByWin, .crossOnlyByWin))
    case .transfer where mayBegin: broken.append((own.rules.crossOnlyByWin, .crossOnlyByWin))
    case .copy(let card, let target, _, let filled, _):
      if request.rules.requireLastContactOnRenewal, card.outcome == .lost,
        target.id == card.pipeline, let until, request.now >= until,
        !filled.contains("last_contact")
      {
        broken.append((.enforce, .lastContactRequired))
      }
    default: break
    }
    return broken.map { (strength: $0.0, problem: $0.1) }
  }

  // MARK: - Where it ends

  /// The stage and outcome of the card afterwards, and the stage of the new one.
  var end: (stage: Int64, outcome: Outcome, entered: Int64?)? {
    switch request.step {
    case .relocate(_, let target, let to):
      return kind(to, target).map { (to, $0.outcome, nil) }
    case .transfer: return begun.stage.map { ($0.id, .open, nil) }
    case .copy(let card, _, _, _, _) where card.outcome != .open:
      return begun.stage.map { (card.stage, card.outcome, $0.id) }
    case .move(let card, _) where isStay: return (card.stage, card.outcome, nil)
    default: return entered.stage.map { ($0.id, $0.kind.outcome, begun.stage?.id) }
    }
  }
}
