internal import JSON

/// `voronka deal pause` and `resume`, and the same of leads: a card's clocks stand still for a reason.
public struct PauseCommand: ConsoleCommand {
  /// What becomes of the clocks.
  public enum Action: Sendable {
    /// They stand still until a day or moment.
    case pause(until: String, reason: String)
    /// They run again.
    case resume
  }

  let id: Int64
  let action: Action
  private let noun: String

  /// Of the deal of an id, or the lead.
  public init(_ action: Action, id: Int64, of noun: String = "deal") {
    self.action = action
    self.id = id
    self.noun = noun
  }

  /// Does it and prints the card.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      // The method takes leads and deals alike: who says lead means one.
      _ = try await session.call("\(noun).get", ["id": .integer(id)])
      let card = try await asked(of: session)
      let names = try await CardNames.load(Directory(session: session), for: [card])
      return CardAnswer.make(card, names: names)
    }
    context.present(answer)
  }

  private func asked(of session: Session) async throws -> JSON {
    switch action {
    case .pause(let until, let reason):
      try await session.call(
        "card.pause",
        [
          "id": .integer(id), "reason": .string(reason),
          "until": .string(try await CompanyMoments.load(session).dayOrMoment(until)),
        ])
    case .resume: try await session.call("card.resume", ["id": .integer(id)])
    }
  }
}
