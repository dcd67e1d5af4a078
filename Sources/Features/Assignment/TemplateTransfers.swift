internal import SalesRules

/// What a company template says of handing over, with the numbers of what it makes: into which pipelines the
/// stages of leads transfer, and among whose people the deals there are dealt out (S1).
struct TemplateTransfers {
  /// The pipelines by their directions; that of leads has none.
  let pipelines: [String?: Int64]
  /// The team that works in the pipeline.
  let team: Int64?
}

extension PipelineDraft {
  /// The same with the rule on who becomes responsible, and transfers to the pipelines.
  func choosing(_ transfers: TemplateTransfers) -> PipelineDraft {
    var draft = self
    if let team = transfers.team { draft.responsibleRule = .roundRobin(team: team) }
    draft.stages = draft.stages.map { $0.transferring(by: transfers) }
    return draft
  }
}

extension StageDraft {
  /// The same with a transfer to the pipeline of its direction.
  func transferring(by transfers: TemplateTransfers) -> StageDraft {
    guard let direction else { return self }
    var draft = self
    draft.transfersTo = transfers.pipelines[direction]
    return draft
  }
}

extension TenantTemplate {
  /// The team of senior sellers who work in a direction: the first that may see its deals.
  func team(of direction: String) -> String? {
    grants.first { $0.direction == direction && $0.actions.contains(.view) }?.team
  }
}
