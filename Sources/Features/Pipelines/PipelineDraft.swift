internal import Postgres
internal import SalesRules

/// A pipeline that is about to be made: the kinds of its stages are complete (an open, a won, a lost).
struct PipelineDraft {
  var kind: CardKind
  var name: String
  var rules: PipelineRules
  var stages: [StageDraft]
  var responsibleRule = AssignmentRule.keep

  /// A draft from a template, which demands of the company's own fields those alone that the pipeline will have.
  init(_ template: LocalizedPipeline, name: String? = nil, fields: Set<String> = []) {
    kind = template.kind
    self.name = name ?? template.name
    rules = template.rules
    stages = template.stages.map { stage in
      var draft = StageDraft(stage)
      draft.required = stage.required.filter { $0.isKnown(among: fields) }
      return draft
    }
  }

  /// A draft of one's own stages; closing stages are added where the list has none.
  init(
    kind: CardKind, name: String, rules: PipelineRules = PipelineRules(), stages: [StageDraft],
    language: Language
  ) {
    self.kind = kind
    self.name = name
    self.rules = rules
    self.stages = stages.filter { $0.kind == .open }
    for closing in [StageKind.won, .lost] {
      let own = stages.filter { $0.kind == closing }
      let added = PipelineTemplate.closingStage(closing, of: kind)?.localized(language)
      self.stages += own.isEmpty ? [added].compactMap { $0.map(StageDraft.init) } : own
    }
  }

  /// The pipeline as it will stand, with its ids.
  func made(id: Int64, stageIDs: [Int64], position: Int) -> Pipeline {
    Pipeline(
      id: id, kind: kind, name: name, position: position, isArchived: false, isFrozen: false,
      rules: rules, version: 1, responsibleRule: responsibleRule,
      stages: zip(stages, stageIDs).enumerated().map { index, pair in
        pair.0.made(id: pair.1, pipeline: id, position: index + 1)
      })
  }
}

extension Pipeline {
  /// What writes the pipeline with all its stages.
  func insertion(tenant: Int64, at now: Timestamp) -> [BoundStatement] {
    [
      PipelineStatements.insert.bind(
        [
          .integer(tenant), .integer(id), .text(kind.rawValue), .text(name), .integer(position),
          .text(rules.noBack.rawValue), .text(rules.noSkip.rawValue),
          .text(rules.crossOnlyByWin.rawValue), .timestamp(now),
        ] + responsibleRule.parameters + [.string(rules.lifeLimit?.description)]),
      stages.insertion(tenant: tenant, pipeline: id),
      PipelineDesignStatements.keep(.integer(tenant), .integer(id), .timestamp(now)),
    ]
  }
}

extension [Stage] {
  /// What writes them as new stages of the pipeline.
  func insertion(tenant: Int64, pipeline: Int64) -> BoundStatement {
    PipelineStatements.insertStages(
      .integer(tenant), .integer(pipeline), .integers(map(\.id)), .strings(map(\.name)),
      .strings(map(\.kind.rawValue)), .integers(map { Int64($0.position) }),
      .strings(map(\.style.rawValue)), .bools(map(\.isKey)), .strings(map(\.hint)),
      .strings(map(\.requiredText)), .strings(map { $0.dwellLimit?.description }),
      .bools(map(\.reopensHere)),
      .strings(map { $0.responsibleRule == .keep ? nil : $0.responsibleRule.way.rawValue }),
      .integers(map(\.responsibleRule.user)), .integers(map(\.responsibleRule.team)),
      .integers(map(\.transfersTo)))
  }
}

extension Stage {
  /// The required fields as an array's text; keys hold nothing that would have to be quoted.
  var requiredText: String {
    "{" + required.map { "\"\($0)\"" }.joined(separator: ",") + "}"
  }
}
