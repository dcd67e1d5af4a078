internal import JSON

/// `voronka team …`: teams, their members and leads.
public struct TeamCommand: ConsoleCommand {
  /// What to do; teams are given by id or name, users by id, e-mail or name.
  public enum Action: Sendable {
    /// All teams.
    case list
    /// A new team, perhaps below another.
    case create(name: String, kind: String, parent: String?)
    /// A user becomes a member.
    case add(team: String, user: String)
    /// A user is one no longer.
    case remove(team: String, user: String)
    /// A user leads it, or no longer does.
    case lead(team: String, user: String, isLead: Bool)
  }

  let action: Action

  /// A command on teams.
  public init(_ action: Action) {
    self.action = action
  }

  /// Does it and prints the outcome.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let directory = Directory(session: session)
      switch action {
      case .list: return try await list(directory)
      case .create(let name, let kind, let parent):
        var params: JSONObject = ["name": .string(name), "kind": .string(kind)]
        if let parent { params["parent"] = .integer(try await directory.team(parent)) }
        return GenericAnswer.make(
          try await session.call("team.create", .object(params)), of: "team.create")
      case .add(let team, let user):
        return try await change("team.add_member", team: team, user: user, directory: directory)
      case .remove(let team, let user):
        return try await change("team.remove_member", team: team, user: user, directory: directory)
      case .lead(let team, let user, let isLead):
        return try await change(
          "team.set_lead", team: team, user: user, directory: directory,
          more: ["lead": .bool(isLead)])
      }
    }
    context.present(answer)
  }

  private func change(
    _ method: String, team: String, user: String, directory: Directory,
    more: JSONObject = JSONObject()
  ) async throws -> Answer {
    var params = more
    params["team"] = .integer(try await directory.team(team))
    params["user"] = .integer(try await directory.user(user))
    return GenericAnswer.make(try await directory.session.call(method, .object(params)), of: method)
  }

  private func list(_ directory: Directory) async throws -> Answer {
    let items = try await directory.session.items("team.list")
    let names = Directory.namesByID(items)
    let people = try await directory.userNames()
    let persons = { @Sendable (json: JSON?) in
      (json?.array ?? []).map { entry in
        PersonText.name(entry["user"] ?? entry["id"] ?? entry, people: people)
      }.joined(separator: ", ")
    }
    return Listing.answer(
      json: ["items": .array(items), "next": .null], items: items,
      columns: [
        Listing.Column("ID", .right) { CellText.exact($0["id"]) }, .member("name"),
        .member("kind"),
        Listing.Column("PARENT") { DealColumns.name($0["parent"], in: names) },
        Listing.Column("LEADS") { persons($0["leads"]) },
        Listing.Column("MEMBERS") { persons($0["members"]) },
      ], ifEmpty: "No teams.", origin: Origin("team.list", "items"))
  }
}
