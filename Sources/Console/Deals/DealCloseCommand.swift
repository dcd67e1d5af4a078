internal import JSON

/// `voronka deal win|lose|reopen ID`: how a deal ended, or that it did not after all.
public struct DealCloseCommand: ConsoleCommand {
  /// The ways to end a deal.
  public enum Verb: String, Sendable {
    /// The client bought.
    case win
    /// The client did not.
    case lose
    /// It goes on.
    case reopen

    var reasonKind: String { self == .win ? "win" : "loss" }
  }

  let verb: Verb
  let id: Int64
  let reason: String?
  let comment: String?
  let status: String?
  private let noun: String

  /// An end of a deal, with a reason by id or name, a comment and a last-contact status.
  public init(
    _ verb: Verb, id: Int64, reason: String? = nil, comment: String? = nil, status: String? = nil,
    of noun: String = "deal"
  ) {
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
