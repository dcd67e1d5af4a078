internal import JSON

/// `voronka lead assign ID USER` or `--team TEAM`: who is responsible from now on.
public struct LeadAssignCommand: ConsoleCommand {
  let id: Int64
  let user: String?
  let team: String?

  /// A new responsible by id, e-mail or name, or the next one of a team.
  public init(id: Int64, user: String?, team: String?) {
    self.id = id
    self.user = user
    self.team = team
  }

  /// Assigns it and prints it.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let directory = Directory(session: session)
      var params: JSONObject = ["id": .integer(id)]
      switch (user, team) {
      case (let user?, nil):
        params["responsible"] = .integer(try await directory.user(user))
      case (nil, let team?):
        params["to"] = ["team": .integer(try await directory.team(team))]
      default: throw ConsoleFailure.usage("Name a user, or a team with --team.")
      }
      let card = try await session.call("lead.assign", .object(params))
      return CardAnswer.make(card, names: try await CardNames.load(directory, for: [card]))
    }
    context.present(answer)
  }
}
