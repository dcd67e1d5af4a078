internal import SalesRules

/// A stage that is about to be made.
struct StageDraft {
  var name: String
  var kind: StageKind
  var style: StageStyle = .process
  var isKey = false
  var hint: String?
  var required: [FieldRequirement] = []
  var dwellLimit: ISO8601Duration?
  var reopensHere = false
  var responsibleRule = AssignmentRule.keep
  var transfersTo: Int64?
  /// The direction of a company template into which it transfers.
  var direction: String?

  /// A stage with a name and nothing else.
  init(name: String, kind: StageKind = .open) {
    self.name = name
    self.kind = kind
  }

  /// A stage of a template.
  init(_ template: LocalizedStage) {
    name = template.name
    kind = template.kind
    style = template.style
    isKey = template.isKey
    hint = template.hint
    required = template.required
    dwellLimit = template.dwellLimit
    reopensHere = template.reopensHere
    direction = template.transfersTo
  }

  func made(id: Int64, pipeline: Int64, position: Int) -> Stage {
    Stage(
      id: id, pipeline: pipeline, name: name, kind: kind, position: position, style: style,
      isKey: isKey, hint: hint, required: required, dwellLimit: dwellLimit,
      reopensHere: reopensHere, responsibleRule: responsibleRule, transfersTo: transfersTo,
      version: 1)
  }
}
