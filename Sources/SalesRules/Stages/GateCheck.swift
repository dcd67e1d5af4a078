/// One decision of the gate while it is being made: collects what stands in the way.
///
/// A step's function returns where the step would lead, or nil where that can't be said; then it has
/// noted why.
struct GateCheck {
  let request: GateRequest
  private var lacking: [Action] = []
  private var problems: [GateProblem] = []
  private var warned: [GateProblem] = []
  private var missing: [FieldRequirement] = []

  init(_ request: GateRequest) {
    self.request = request
  }

  var pipeline: PipelineDesign { request.pipeline }

  /// Looks at everything, and tells where the step leads.
  mutating func passage() -> GatePassage? {
    switch request.step {
    case .create(let filled, let stage): create(filled, stage)
    case .import(let filled, let past, let stage, _): bringIn(filled, past: past, stage)
    case .move(let card, let stage): move(card, to: stage)
    case .transfer(let card, let target, let stage): transfer(card, into: target, stage)
    case .win(let card): win(card)
    case .lose(let card, let stage): lose(card, .loss, stage)
    case .invalidate(let card, let stage): lose(card, .invalid, stage)
    case .convert(let card, let target, let stage, let filled, let exit):
      convert(card, into: target, stage, filled, through: exit)
    case .copy(let card, let target, let stage, let filled, let hasOpenCopy):
      copy(card, into: target, stage, filled, hasOpenCopy: hasOpenCopy)
    case .reopen(let card, let stage): reopen(card, stage)
    case .relocate(let stage, let target, let to): relocate(stage, into: target, to)
    }
  }

  /// The answer, once everything has been looked at.
  func verdict(_ passage: GatePassage?) -> GateVerdict {
    var found = lacking.map { GateProblem.right($0) } + problems
    if !missing.isEmpty { found.append(.missing(missing)) }
    let waived = isExempt ? found.filter(\.isRuleOfSelling) : []
    let refusals = isExempt ? found.filter { !$0.isRuleOfSelling } : found
    guard refusals.isEmpty, var passage else {
      return .refused(refusals.isEmpty ? [.unknownStage] : refusals)
    }
    passage.warnings = warned + waived
    return .allowed(passage)
  }

  /// Whether the rules of selling are told and do not stand in the way.
  private var isExempt: Bool {
    switch request.step {
    case .import(_, _, _, let exempt): exempt
    case .relocate: true
    default: false
    }
  }

  mutating func refuse(_ problem: GateProblem) {
    if !problems.contains(problem) { problems.append(problem) }
  }

  mutating func apply(_ rule: RuleStrength, _ problem: GateProblem) {
    switch rule {
    case .off: break
    case .warn: warned.append(problem)
    case .enforce: refuse(problem)
    }
  }

  // MARK: - What several steps ask

  /// The right is held on the card; of a new card, on its pipeline.
  mutating func requireRight(_ action: Action) {
    if !request.rights.onCard.contains(action) { note(lacking: action) }
  }

  /// A card may be put into the pipeline that the step leads to. Of a pipeline into which the caller puts
  /// nothing, nothing more is told.
  mutating func mayEnterTarget() -> Bool {
    if request.rights.onTarget.contains(.create) { return true }
    note(lacking: .create)
    return false
  }

  private mutating func note(lacking action: Action) {
    if !lacking.contains(action) { lacking.append(action) }
  }

  /// The card is one of this pipeline's, and open.
  mutating func requireOpen(_ card: GateCard) {
    requireHere(card)
    if card.outcome != .open { refuse(.alreadyClosed(card.outcome)) }
  }

  /// The card is one of this pipeline's.
  mutating func requireHere(_ card: GateCard) {
    if card.pipeline != pipeline.id || card.kind != pipeline.kind { refuse(.wrongPipeline) }
  }

  /// Cards may be put into the pipeline and moved on within it.
  mutating func requireThawed(_ design: PipelineDesign) {
    if design.isFrozen { refuse(.frozen) }
    if design.isArchived { refuse(.archived) }
  }

  /// Cards stand in the stage: it is no way out.
  mutating func requireStay(in stage: GateStage) {
    if stage.isExit { refuse(.exit(stage: stage.id)) }
  }

  /// The stages' required fields are filled in.
  mutating func require(_ stages: [GateStage], _ filled: Set<String>) {
    for field in stages.flatMap(\.required) where !field.isMet(by: filled) {
      if !missing.contains(field) { missing.append(field) }
    }
  }

  /// The stage of this kind that was named, or the first one.
  mutating func stage(_ kind: StageKind, _ named: Int64?, of design: PipelineDesign) -> GateStage? {
    guard let stage = named.map(design.stage) ?? design.first(kind) else {
      refuse(.unknownStage)
      return nil
    }
    guard stage.kind == kind else {
      refuse(.wrongStageKind(expected: kind))
      return nil
    }
    requireStay(in: stage)
    return stage
  }

  /// The reason and the comment that closing takes.
  mutating func requireReason(_ kind: ReasonKind) {
    let rules = request.rules
    if let reason = request.reason {
      if reason.kind != kind || !reason.isActive { refuse(.wrongReason(expected: kind)) }
    } else if rules.requiresReason(kind), request.reasonsAvailable.contains(kind) {
      refuse(.reasonRequired(kind))
    }
    let isDemanded = request.reason?.requiresComment ?? rules.requiresComment(kind)
    if isDemanded && !hasComment { refuse(.commentRequired) }
  }

  /// What winning takes besides: why they bought, and where the company demands it, that they paid. A card from
  /// elsewhere has no invoices here.
  mutating func requireSale(_ card: GateCard?) {
    requireReason(.win)
    if request.rules.requirePaidInvoice, card?.hasPaidInvoice != true {
      refuse(.paidInvoiceRequired)
    }
  }

  private var hasComment: Bool {
    request.comment?.contains { !$0.isWhitespace } ?? false
  }
}
