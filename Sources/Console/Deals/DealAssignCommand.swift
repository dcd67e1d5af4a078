internal import JSON

/// `voronka deal assign ID USER`: who is responsible from now on.
public struct DealAssignCommand: ConsoleCommand {
  let id: Int64
  let user: String

  /// A new responsible by id, e-mail or name.
  public init(id: Int64, user: String) {
    self.id = id
    self.user = user
  }

  /// Assigns it and prints it.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let directory = Directory(session: session)
      let card = try await session.call(
        "deal.assign",
        ["id": .integer(id), "responsible": .integer(try await directory.user(user))])
      return CardAnswer.make(card, names: try await CardNames.load(directory, for: [card]))
    }
    context.present(answer)
  }
}
