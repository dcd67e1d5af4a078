internal import JSONRPC
internal import SalesRules

/// What `pipeline.*` takes.
enum PipelineMembers {
  static let kind = Member<CardKind>.choice("kind", "deal: leads have exactly one pipeline.")
  static let listKind = Member<CardKind>.choice("kind", "Only pipelines of this kind.")
  static let name = CommonMembers.listName("name", "Its name, unique in the company.")
  static let template = Member<String>.opaqueText(
    "template", length: 1...64, "A template's code; pipeline.templates lists them.")
  static let language = Member<Language>.choice(
    "language", "The language of the templates; the company's where it is absent.")
  static let proposals = Member<Bool>.boolean(
    "proposals", "Whether the reasons and fields that the template proposes come too (true).")
  static let stages = Member<[StageDraft]>.array(
    "stages",
    of: Member<Arguments>.object("stage", StageMembers.design, "A stage.").map {
      .success(StageDraft($0))
    }, count: 1...100, "Its stages in their order; won and lost ones are added where none is given."
  )
  static let noBack = Member<RuleStrength>.choice(
    "no_back", "No moving back: off, warn or enforce.")
  static let noSkip = Member<RuleStrength>.choice(
    "no_skip", "No skipping of stages: off, warn or enforce.")
  static let crossOnlyByWin = Member<RuleStrength>.choice(
    "cross_only_by_win",
    "Cards leave for another pipeline only by being won and copied there: off, warn or enforce.")
  static let archived = Member<Bool>.boolean("archived", "Whether archived ones come too (false).")
  static let order = Member<[Int64]>.array(
    "pipelines", of: .identifier("pipeline", "A pipeline's id."), count: 1...1000,
    "All deal pipelines in use, in their new order; the last ones freeze first.")
  static let freezeOrder = Member<[Int64]>.array(
    "pipelines", of: .identifier("pipeline", "A pipeline's id."), count: 0...1000,
    "Deal pipelines in use, the one that freezes first in front; those not named freeze after them, "
      + "the last in the list first. Absent: nothing is changed.")

  static let lifeLimit = Member<String>.opaqueText(
    "life_limit", length: 1...40,
    "The longest a card may live, by ISO 8601: P90D, P3M; null is for ever. Pauses do not count."
  ).map { text -> Result<ISO8601Duration, FieldProblems> in
    guard let duration = ISO8601Duration(text), !duration.isZero else {
      return .failure(FieldProblems("has to be a duration by ISO 8601, such as P90D or P3M"))
    }
    return .success(duration)
  }

  static let rules: [MemberDeclaration] = [
    .optional(noBack), .optional(noSkip), .optional(crossOnlyByWin), .clearable(lifeLimit),
    .clearable(AssignmentMembers.rule),
  ]
}

extension PipelineRules {
  /// The rules with what the arguments say laid over them.
  func changed(by arguments: Arguments) -> PipelineRules {
    PipelineRules(
      noBack: arguments[optional: PipelineMembers.noBack] ?? noBack,
      noSkip: arguments[optional: PipelineMembers.noSkip] ?? noSkip,
      crossOnlyByWin: arguments[optional: PipelineMembers.crossOnlyByWin] ?? crossOnlyByWin,
      lifeLimit: arguments.change(PipelineMembers.lifeLimit).applied(to: lifeLimit))
  }
}
