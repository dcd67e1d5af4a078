internal import SalesRules

/// The company template in one language, as the generator needs it.
struct CompanyPlan: Sendable {
  struct Direction: Sendable {
    let code: String
    let name: String
    /// The code of the team that sees its deals.
    let team: String
    let pipeline: LocalizedPipeline
    /// The stage of the lead pipeline that passes leads on to it; nil where there is none.
    let transferStage: String?
  }

  let leads: LocalizedPipeline
  let directions: [Direction]
  let firstLineTeam: String
  /// The names of the teams by their codes.
  let teamNames: [String: String]

  init(_ template: TenantTemplate, _ language: Language) {
    let leads = template.leads.localized(language)
    self.leads = leads
    directions = template.directions.map { direction in
      let team = template.grants.first {
        $0.direction == direction.code && $0.actions.contains(.view)
      }
      return Direction(
        code: direction.code, name: direction.name[language], team: team?.team ?? direction.code,
        pipeline: direction.pipeline.localized(language),
        transferStage: leads.stages.first { $0.transfersTo == direction.code }?.name)
    }
    firstLineTeam = template.teams.first { $0.kind == .firstLine }?.code ?? ""
    teamNames = Dictionary(
      template.teams.map { ($0.code, $0.name[language]) }, uniquingKeysWith: { first, _ in first })
  }
}

extension LocalizedPipeline {
  /// The open stages, in their order.
  var openStages: [LocalizedStage] { stages.filter { $0.kind == .open } }

  /// The name of the first stage of a kind.
  func name(of kind: StageKind) -> String {
    stages.first { $0.kind == kind }?.name ?? ""
  }
}
