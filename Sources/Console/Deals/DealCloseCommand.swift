internal import JSON

/// `voronka deal win|lose|invalidate|reopen ID`, and the same of leads: how a card ended, or that it did not after all.
public struct DealCloseCommand: ConsoleCommand {
  /// The ways to end a deal.
  public enum Verb: String, Sendable {
    /// The client bought.
    case win
    /// The client did not.
    case lose
    /// It never was a real request.
    case invalidate
    /// It goes on.
    case reopen

    var reasonKind: String {
      switch self {
      case .win: "win"
      case .invalidate: "invalid"
      case .lose, .reopen: "loss"
      }
    }
  }

  let verb: Verb
  let id: Int64
  let reason: String?
  let comment: String?
  let status: String?
  let stage: String?
  let fields: [String]
  private let noun: String

  /// An end of a card, with a reason by id or name, a comment, a last-contact status, a stage by id or name and
  /// custom fields as `key=value`.
  public init(
    _ verb: Verb, id: Int64, reason: String? = nil, comment: String? = nil, status: String? = nil,
    stage: String? = nil, fields: [String] = [], of noun: String = "deal"
  ) {
    self.stage = stage
    self.fields = fields
    self.noun = noun
    self.verb = verb
    self.id = id
    self.reason = reason
    self.comment = comment
    self.status = status
  }

  /// Does it and prints the deal.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let directory = Directory(session: session)
      var params: JSONObject = ["id": .integer(id)]
      if let reason {
        params["reason"] = .integer(try await directory.reason(reason, kind: verb.reasonKind))
      }
      if let stage {
        params["stage"] = .integer(try await directory.stage(stage, ofCard: id, noun))
      }
      params["fields"] = try FieldArguments.object(fields)
      params["comment"] = comment.map { .string($0) }
      if let status {
        params["last_contact"] = .integer(try await directory.contactStatus(status))
      }
      let card = try await session.call("\(noun).\(verb.rawValue)", .object(params))
      return CardAnswer.make(card, names: try await CardNames.load(directory, for: [card]))
    }
    context.present(answer)
  }
}
