internal import JSON

/// `voronka deal show ID`: one deal with all its members.
public struct DealShowCommand: ConsoleCommand {
  let id: Int64
  private let noun: String

  /// The deal of an id, or the lead.
  public init(id: Int64, of noun: String = "deal") {
    self.noun = noun
    self.id = id
  }

  /// Asks the server and prints the deal.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let card = try await session.call("\(noun).get", ["id": .integer(id)])
      return CardAnswer.make(
        card, names: try await CardNames.load(Directory(session: session), for: [card]))
    }
    context.present(answer)
  }
}
