internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// Something to be done for a card, or done: a call, an e-mail, a meeting, a message, a task.
struct Activity: Sendable, Equatable {
  /// What is done.
  enum Kind: String, CaseIterable, Sendable {
    case call, email, meeting, message, task
  }

  /// Who turns to whom: the company to the client, or the client to the company.
  enum Direction: String, CaseIterable, Sendable {
    case outgoing, incoming
  }

  /// How it stands; whether it is overdue is told by the time of who asks.
  enum State: String, CaseIterable, Sendable {
    case planned, done, cancelled
  }

  let id: Int64
  let card: Int64
  var kind: Kind
  var subject: String?
  let direction: Direction
  var state: State
  var dueAt: Timestamp?
  var doneAt: Timestamp?
  /// What came of it; of a cancelled one, why.
  var outcome: String?
  /// When an incoming one was answered.
  var answeredAt: Timestamp?
  /// Who is to do it where that is not whoever is responsible for the card.
  var named: Int64?
  let createdBy: Int64?
  let createdAt: Timestamp
  var version: Int64
  /// The kind of the company's own that it is, besides what it is done as.
  var ownType: Int64?

  /// Whether its time has come and gone, and nothing was done.
  func isOverdue(at now: Timestamp) -> Bool {
    guard state == .planned, let dueAt else { return false }
    return dueAt < now
  }
}

extension Activity {
  /// From the columns of `ActivityStatements`.
  init(_ row: Row) throws {
    self.init(
      id: try row.integer(0), card: try row.integer(1), kind: try row.word(2),
      subject: try row.stringIfPresent(3), direction: try row.word(4), state: try row.word(5),
      dueAt: try row.timestampIfPresent(6), doneAt: try row.timestampIfPresent(7),
      outcome: try row.stringIfPresent(8), answeredAt: try row.timestampIfPresent(9),
      named: try row.integerIfPresent(10), createdBy: try row.integerIfPresent(11),
      createdAt: try row.timestamp(12), version: try row.integer(13),
      ownType: try row.integerIfPresent(14))
  }

  private static let members: [(name: String, schema: Schema)] = [
    ("id", .identifier), ("card", .identifier), ("type", .choice(Kind.allCases.map(\.rawValue))),
    ("subject", Schema.string.nullable),
    ("direction", .choice(Direction.allCases.map(\.rawValue))),
    ("state", .choice(State.allCases.map(\.rawValue))), ("due_at", Schema.timestamp.nullable),
    ("overdue", .boolean), ("done_at", Schema.timestamp.nullable),
    ("outcome", Schema.string.nullable), ("answered", .boolean),
    ("responsible", Schema.identifier.nullable), ("created_by", Schema.identifier.nullable),
    ("created_at", .timestamp), ("version", .integer),
    ("own_type", Schema.identifier.nullable),
  ]

  static let schema = shape()

  /// The same with the one that was planned in the same step.
  static let schemaWithNext = shape([("next", schema.nullable)])

  /// What a card says of the nearest of its planned activities.
  static let nextSchema = Schema.object(
    [
      "id": .identifier, "type": .string, "due_at": .timestamp, "overdue": .boolean,
    ], required: ["id", "type", "due_at", "overdue"])

  private static func shape(_ further: [(name: String, schema: Schema)] = []) -> Schema {
    let all = members + further
    return .object(
      properties: all.map { ($0.name, $0.schema) }, required: all.map(\.name), isClosed: false)
  }

  /// Its members, with whoever is to do it: by name, or with the card.
  func writeMembers(to writer: inout JSONWriter, cardsResponsible: Int64?, at now: Timestamp) {
    writer.member("id", id)
    writer.member("card", card)
    writer.member("type", kind.rawValue)
    writer.member("subject", subject)
    writer.member("direction", direction.rawValue)
    writer.member("state", state.rawValue)
    writer.member("due_at", dueAt)
    writer.member("overdue", isOverdue(at: now))
    writer.member("done_at", doneAt)
    writer.member("outcome", outcome)
    writer.member("answered", answeredAt != nil)
    writer.member("responsible", named ?? cardsResponsible)
    writer.member("created_by", createdBy)
    writer.member("created_at", createdAt)
    writer.member("version", version)
    writer.member("own_type", ownType)
  }
}
