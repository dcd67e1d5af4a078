internal import JSONRPC
internal import SalesRules

/// What makes a grant in requests.
enum GrantMembers {
  static let pipeline = Member<Int64>.identifier("pipeline", "The pipeline's id.")
  static let user = Member<Int64>.identifier("user", "A user's id.")
  static let team = Member<Int64>.identifier("team", "A team's id.")
  static let everyone = Member<Bool>.boolean("everyone", "true: everybody of the company.")
  static let to = Member<Arguments>.exactlyOne(
    "to", of: [.optional(user), .optional(team), .optional(everyone)], "Whom it is given to.")
  static let actions = Member<[Action]>.array(
    "actions", of: .choice("action", "An action."), count: 1...9, "What it allows.")
  static let cards = Member<CardScope>.choice(
    "cards", "On whose cards: own (the default), team, subteams or all.")
  static let outcome = Member<OutcomeScope>.choice(
    "outcome", "On which cards: any (the default), open, won or lost.")
  static let stages = Member<[Int64]>.array(
    "stages", of: .identifier("stage", "A stage of the pipeline."), count: 1...200,
    "Only on cards in these stages; null or absent: in all.")

  /// All of them, as `grant.give` takes them.
  static let all: [MemberDeclaration] = [
    .required(pipeline), .required(to), .required(actions), .optional(cards), .optional(outcome),
    .optional(stages),
  ]
}
