internal import JSON
internal import JSONRPC
internal import SalesRules

/// What `activity.*` takes.
enum ActivityMembers {
  static let card = Member<Int64>.identifier("card", "The lead's or deal's id.")
  static let type = Member<Activity.Kind>.choice(
    "type", "What is to be done: call, email, meeting, message or task.")
  static let ownType = Member<Int64>.identifier(
    "own_type", "A kind of activity of the company's own, by id, in place of `type`.")
  static let subject = Member<String>.text("subject", length: 1...500, "What it is about.")
  static let due = CommonMembers.moment("due_at", "When it is to be done.")
  static let direction = Member<Activity.Direction>.choice(
    "direction", "outgoing (the default), or incoming: the client is to turn to you.")
  static let responsible = Member<Int64>.identifier(
    "responsible",
    "Who is to do it; absent, or null in an update, whoever is responsible for the card.")
  static let state = Member<Activity.State>.choice("state", "How it stands.")
  static let outcome = Member<String>.longText(
    "outcome", length: 0...10_000, "What came of it.")
  static let comment = Member<String>.longText(
    "comment", length: 0...10_000, "Why it is not to be done.")
  static let next = Member<Arguments>.object(
    "next", [.optional(type), .optional(ownType), .required(due), .optional(subject)],
    "What is planned next, in the same step.")
  static let retry = CommonMembers.moment(
    "retry_at", "When to call again; in two hours where it is absent.")
  static let callAt = CommonMembers.moment("at", "When the client wants to be called.")
  static let cameAt = CommonMembers.moment("at", "When it came; now where it is absent.")
  static let answered = Member<Bool>.boolean(
    "answered", "Whether it was answered at once (false).")
  static let date = Member<WireDate>.date(
    "date", "The day by the company's calendar; today where it is absent.")
  static let user = Member<Int64>.identifier(
    "user", "Whose day; one's own where it is absent. Admins may ask for anybody, leads for theirs."
  )
  static let limit = Member<Int64>.integer(
    "limit", 1...500, "How many to give in each part at most; 100 where it is absent.")
}
