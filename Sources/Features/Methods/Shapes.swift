internal import JSONRPC
internal import SalesRules

/// The shapes that methods share, as the OpenRPC document's components.
enum Shapes {
  static let all: [(name: String, schema: Schema)] = [
    ("Money", money), ("Card", card), ("Stage", stage), ("Pipeline", pipeline),
    ("Event", EventRow.schema),
  ]

  static let moneyReference = Schema.ref("Money")
  static let cardReference = Schema.ref("Card")
  static let pipelineReference = Schema.ref("Pipeline")
  static let stageReference = Schema.ref("Stage")

  /// Rules that a step broke and that only warn; absent where there are none.
  static let warnings = Schema.array(
    of: .object(
      ["kind": .string, "message": .string, "detail": .any],
      required: ["kind", "message", "detail"]))

  /// A page of a list.
  static func page(of item: Schema) -> Schema {
    .object(
      ["items": .array(of: item), "next": Schema.string.nullable], required: ["items", "next"])
  }

  /// The list of pipelines with the version to put them into an order by, which only admins get.
  static let pipelines = Schema.object(
    [
      "items": .array(of: pipelineReference), "next": Schema.string.nullable, "version": .integer,
    ], required: ["items", "next"])

  private static let money = Schema.object(
    ["amount": .string(pattern: #"^-?[0-9]{1,16}(\.[0-9]{1,2})?$"#), "currency": .string],
    required: ["amount", "currency"])

  private static let card = Schema.object(
    [
      "id": .identifier, "kind": .choice(["lead", "deal"]), "pipeline": .identifier,
      "stage": .identifier, "outcome": .choice(["open", "won", "lost"]), "title": .string,
      "amount": moneyReference.nullable, "contact": Schema.identifier.nullable,
      "company": Schema.identifier.nullable, "responsible": Schema.identifier.nullable,
      "source": Schema.string.nullable, "fields": .anyObject, "repeat": .boolean,
      "reason": Schema.identifier.nullable, "comment": Schema.string.nullable,
      "loss_kind": .choice(LossKind.allCases.map(\.rawValue)),
      "based_on": Schema.identifier.nullable, "created_at": .timestamp,
      "stage_entered_at": .timestamp, "touched_at": .timestamp,
      "closed_at": Schema.timestamp.nullable, "version": .integer, "warnings": warnings,
      "lines": .array(of: DealLine.schema),
      "next_activity": Activity.nextSchema, "last_contact": LastContact.schema.nullable,
      "clocks": CardClocks.schema, "paused": CardMarks.pausedSchema, "overstayed": .boolean,
    ], required: ["id"])

  private static let stage = Schema.object(
    [
      "id": .identifier, "name": .string, "kind": .choice(["open", "won", "lost"]),
      "position": .integer, "style": .choice(["process", "conversion"]), "key": .boolean,
      "hint": Schema.string.nullable, "required": .array(of: .string),
      "dwell_limit": Schema.string.nullable, "reopens_here": .boolean,
      "responsible_rule": AssignmentMembers.schema.nullable,
      "transfers_to": Schema.identifier.nullable,
      "pipeline": .identifier, "version": .integer,
    ], required: ["id", "name", "kind", "position"])

  private static let pipeline = Schema.object(
    [
      "id": .identifier, "kind": .choice(["lead", "deal"]), "name": .string,
      "position": .integer, "frozen": .boolean, "archived": .boolean,
      "no_back": .choice(["off", "warn", "enforce"]),
      "no_skip": .choice(["off", "warn", "enforce"]),
      "cross_only_by_win": .choice(["off", "warn", "enforce"]), "version": .integer,
      "life_limit": Schema.string.nullable,
      "responsible_rule": AssignmentMembers.schema.nullable,
      "actions": .array(of: .string), "stages": .array(of: .ref("Stage")),
    ], required: ["id", "kind", "name", "actions"])
}
