internal import JSONRPC
internal import SalesRules

/// What `stage.*` takes, and the stages of `pipeline.create`.
enum StageMembers {
  static let pipeline = Member<Int64>.identifier("pipeline", "The pipeline's id.")
  static let name = CommonMembers.listName("name", "Its name, unique in the pipeline.")
  static let kind = Member<StageKind>.choice(
    "kind", "open (the default), won or lost: what a card is that stands here.")
  static let style = Member<StageStyle>.choice(
    "style", "process (a state, the default) or conversion (a fact: \"contract signed\").")
  static let key = Member<Bool>.boolean("key", "Whether it is a key stage.")
  static let hint = Member<String>.longText("hint", "What the seller does and asks here.")
  static let reopensHere = Member<Bool>.boolean(
    "reopens_here", "Whether lost cards are reopened into it; one open stage of a pipeline.")
  static let position = Member<Int64>.integer(
    "position", 1...1000, "Its place in the pipeline from 1; last of its kind where absent.")
  static let order = Member<[Int64]>.array(
    "stages", of: .identifier("stage", "A stage's id."), count: 1...1000,
    "All stages of the pipeline in their new order, the open ones first.")
  static let withCards = Member<Bool>.boolean(
    "with_cards", "Whether stages change places with the cards that stand in them (false).")
  static let moveCardsTo = Member<Int64>.identifier(
    "move_cards_to", "The stage of the same pipeline and kind to which its cards go.")

  static let required = Member<[FieldRequirement]>.array(
    "required",
    of: Member<String>.opaqueText("key", length: 1...300, "A key, or several parted by |.").map {
      guard let requirement = FieldRequirement($0) else {
        return .failure(
          FieldProblems("has to be a field's key, or several of which one will do: phone|email"))
      }
      return .success(requirement)
    }, count: 0...50,
    "Fields that must be filled in to enter: keys, alternatives parted by a bar (phone|email).")

  static let dwellLimit = Member<String>.opaqueText(
    "dwell_limit", length: 1...40, "The longest a card may stay, by ISO 8601: P14D, PT2H."
  ).map { text -> Result<ISO8601Duration, FieldProblems> in
    guard let duration = ISO8601Duration(text), !duration.isZero else {
      return .failure(FieldProblems("has to be a duration by ISO 8601, such as P14D or PT2H"))
    }
    return .success(duration)
  }

  /// What a new stage is made of.
  static let design: [MemberDeclaration] = [
    .required(name), .optional(kind), .optional(style), .optional(key), .optional(hint),
    .optional(required), .optional(dwellLimit), .optional(reopensHere),
    .optional(AssignmentMembers.rule), .optional(AssignmentMembers.transfersTo),
  ]
}

extension StageDraft {
  /// A stage from what `StageMembers.design` read.
  init(_ arguments: Arguments) {
    self.init(
      name: arguments[StageMembers.name], kind: arguments[optional: StageMembers.kind] ?? .open)
    // S0's closing stages say what has happened; open ones mostly what goes on.
    style = arguments[optional: StageMembers.style] ?? (kind == .open ? .process : .conversion)
    isKey = arguments[optional: StageMembers.key] ?? false
    hint = arguments[optional: StageMembers.hint]
    required = arguments[optional: StageMembers.required] ?? []
    dwellLimit = arguments[optional: StageMembers.dwellLimit]
    reopensHere = arguments[optional: StageMembers.reopensHere] ?? false
    responsibleRule = arguments[optional: AssignmentMembers.rule] ?? .keep
    transfersTo = arguments[optional: AssignmentMembers.transfersTo]
  }

  /// A stage as it stands.
  init(_ stage: Stage) {
    self.init(name: stage.name, kind: stage.kind)
    style = stage.style
    isKey = stage.isKey
    hint = stage.hint
    required = stage.required
    dwellLimit = stage.dwellLimit
    reopensHere = stage.reopensHere
    responsibleRule = stage.responsibleRule
    transfersTo = stage.transfersTo
  }

  /// Notes what of it breaks a rule, under its path.
  func check(
    at path: String, for kind: CardKind, of pipeline: Int64? = nil, fields: [Field],
    in checks: inout ValueChecks
  ) {
    // What nobody can fill in would shut the way for good. Of a pipeline that is still to be made are those
    // that are of all.
    for field in fields where field.cardKind == kind {
      let isOf = pipeline.map(field.isOf) ?? (field.pipelines == nil)
      if !isOf, required.contains(where: { $0.alternatives.contains(field.key) }) {
        checks.note("\(path)required", "\(field.key) is no field of this pipeline")
      }
    }
    let known = Set(fields.filter { $0.cardKind == kind }.map(\.key))
    for key in required.flatMap(\.alternatives)
    where CardField(rawValue: key) == nil && !known.contains(key) {
      checks.note("\(path)required", "\(key) is neither a card's own value nor a field of \(kind)s")
    }
    if self.kind != .open, dwellLimit != nil {
      checks.note("\(path)dwell_limit", "is for open stages; a closed card may stay for ever")
    }
    if transfersTo != nil {
      if kind != .lead {
        checks.note("\(path)transfers_to", "is for stages of leads; a deal goes on by deal.copy")
      }
      if self.kind == .lost {
        checks.note("\(path)transfers_to", "is for open stages and the won one")
      }
      if reopensHere {
        checks.note("\(path)reopens_here", "is for stages in which cards stay; this one transfers")
      }
    }
    if self.kind != .open, reopensHere {
      checks.note("\(path)reopens_here", "is for open stages; a reopened card is worked on again")
    }
  }
}
