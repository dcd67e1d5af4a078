internal import JSON

/// `voronka access explain USER CARD`: why somebody may or may not do what on a card.
public struct AccessExplainCommand: ConsoleCommand {
  let user: String
  let card: Int64

  /// The question about a user, by id, e-mail or name, and a card.
  public init(user: String, card: Int64) {
    self.user = user
    self.card = card
  }

  /// Asks the server and prints a line for each action.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let directory = Directory(session: session)
      let result = try await session.call(
        "access.explain",
        ["user": .integer(try await directory.user(user)), "card": .integer(card)])
      let people = try await directory.userNames()
      let teams = Directory.namesByID((try? await session.items("team.list")) ?? [])
      return Self.answer(result, people: people, teams: teams)
    }
    context.present(answer)
  }

  private static func answer(
    _ result: JSON, people: [Int64: String], teams: [Int64: String]
  ) -> Answer {
    let actions = (result["actions"]?.object?.members ?? []).map { member -> JSON in
      var row: JSONObject = ["action": .string(member.name)]
      for part in member.value.object?.members ?? [] { row[part.name] = part.value }
      return .object(row)
    }
    return Listing.answer(
      json: result, items: actions,
      columns: [
        .member("action"), .member("allowed"),
        Listing.Column("WHY") { row in
          if let because = row["because"]?.string { return because }
          return (row["by"]?.array ?? []).map { by in
            guard by["to"] != nil else { return CellText.plain(by) }
            let subject = SubjectText.line(by["to"], people: people, teams: teams)
            return "grant \(CellText.exact(by["grant"])) to \(subject)"
          }.joined(separator: ", ")
        },
        .member("would_need", "WOULD NEED"),
      ])
  }
}
