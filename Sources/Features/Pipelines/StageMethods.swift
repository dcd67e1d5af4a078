internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `stage.*`: the design of a pipeline, for those who may configure it.
enum StageMethods {
  static let all = [create, list, update, reorder, delete]

  private static let create = Method(
    "stage.create", "Adds an open or lost stage to a pipeline. Needs `configure`.",
    details: "Open stages come before the closing ones; without `position` it becomes the last of "
      + "its kind. `if_version` is the pipeline's, whose version counts its list of stages.",
    takes: [.required(StageMembers.pipeline)] + StageMembers.design + [
      .optional(StageMembers.position)
    ], gives: Shapes.stageReference, errors: [.notFound, .invalid, .planLimit],
    traits: .versioned,
    .write(.member) { call in try await StageDesign(call).create() })

  private static let list = Method(
    "stage.list", "The stages of a pipeline in their order. Needs `view` or `configure`.",
    takes: [.required(StageMembers.pipeline)] + CommonMembers.page,
    gives: Shapes.page(of: Shapes.stageReference), errors: [.notFound],
    .read(.member) { call in
      let pipeline = try call.pipelineToRead(call.arguments[StageMembers.pipeline])
      return try Page(call).result(
        of: pipeline.stages, by: { [Int64($0.position), $0.id] }
      ) { $0.write(to: &$1, isAlone: true, for: call.standing) }
    })

  private static let update = Method(
    "stage.update", "Changes a stage; its kind stays. Needs `configure` on its pipeline.",
    details: "What is required and how long a card may stay holds for cards that enter from now "
      + "on; those that stand in the stage stay. `if_version` is the stage's.",
    takes: [
      .required(CommonMembers.id), .optional(StageMembers.name), .optional(StageMembers.style),
      .optional(StageMembers.key), .clearable(StageMembers.hint),
      .optional(StageMembers.required), .clearable(StageMembers.dwellLimit),
      .optional(StageMembers.reopensHere), .clearable(AssignmentMembers.rule),
      .clearable(AssignmentMembers.transfersTo),
    ], gives: Shapes.stageReference, errors: [.notFound, .invalid], traits: .versioned,
    .write(.member) { call in try await StageDesign(call).update() })

  private static let reorder = Method(
    "stage.reorder", "Puts the stages of a pipeline into an order. Needs `configure`.",
    details:
      "Cards stay in their stages, and what lies ahead of them and behind them changes: no_back and "
      + "no_skip, and what has to be filled in, hold by the new order. While cards stand in stages that change "
      + "places it is refused, with `cards`, unless `with_cards` is said; counted are those you see. "
      + "A dry run tells the names in their new order and how many cards that concerns. `if_version` is the pipeline's.",
    takes: [
      .required(StageMembers.pipeline), .required(StageMembers.order),
      .optional(StageMembers.withCards),
    ],
    gives: .oneOf([Shapes.pipelineReference, StageOrder.trial]),
    errors: [.notFound, .invalid, .conflict], traits: [.versioned, .dryRun],
    .write(.member) { call in try await StageOrder(call).work() })

  private static let delete = Method(
    "stage.delete", "Deletes a stage and says where its cards go. Needs `configure`.",
    details: "While cards stand in it, `move_cards_to` has to name another stage of the same "
      + "pipeline and kind; whoever is no admin needs `view` and `move` (in a lost stage "
      + "`close`) on all cards there. Histories and stays keep the stage's number, histories its "
      + "name too. At least one open, one won and one lost stage stay. What the pipeline's rules and required fields "
      + "say of the way is told as `warnings`, also in the dry run. `if_version` is the stage's.",
    takes: [.required(CommonMembers.id), .optional(StageMembers.moveCardsTo)],
    gives: .object(
      [
        "id": .identifier, "deleted": .boolean, "dry_run": .boolean,
        "moved": .integer, "move_cards_to": Schema.identifier.nullable,
        "warnings": Shapes.warnings,
      ], required: ["id", "deleted", "moved"]),
    errors: [.notFound, .invalid, .conflict, .stageRule], traits: [.versioned, .dryRun],
    .write(.member) { call in try await StageDeletion(call).work() })
}
