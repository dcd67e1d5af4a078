internal import JSON

/// `voronka user …`: the people of one's company.
public struct UserCommand: ConsoleCommand {
  /// Who takes somebody's open cards over.
  public enum Successor: Sendable {
    /// A user, by id, e-mail or name.
    case user(String)
    /// The people of a team, by id or name.
    case team(String)
  }

  /// What to do; users are given by id, e-mail or name, teams by id or name.
  public enum Action: Sendable {
    /// All users.
    case list
    /// One of them.
    case show(String)
    /// A new one.
    case create(
      email: String, name: String, role: String, teams: [String], readsPasswordFromInput: Bool)
    /// A new one who chooses their password themselves.
    case invite(email: String, name: String, role: String, teams: [String])
    /// An invitation to choose a password anew.
    case resetPassword(String)
    /// Another role: owner, admin or member.
    case setRole(user: String, role: String)
    /// Is away until the end of a day, or there again; nil for oneself.
    case absent(String?, until: String?)
    /// May no longer log in; somebody may take their open cards over.
    case deactivate(String, handOverTo: Successor? = nil, isDryRun: Bool = false)
    /// May log in again.
    case reactivate(String)
  }

  let action: Action

  /// A command on users.
  public init(_ action: Action) {
    self.action = action
  }

  /// Does it and prints the outcome.
  public func run(in context: ConsoleContext) async throws {
    var password = ""
    if case .create(let email, _, _, _, let readsInput) = action {
      password = try NewPassword.read(
        "Password for \(email)", readsInput: readsInput, context: context)
    }
    let answer = try await Session.answer(context) { session in
      try await perform(Directory(session: session), password: password, context: context)
    }
    context.present(answer)
  }

  private func perform(
    _ directory: Directory, password: String, context: ConsoleContext
  ) async throws -> Answer {
    let session = directory.session
    switch action {
    case .list: return try await list(directory)
    case .show(let user):
      return GenericAnswer.make(
        try await session.call("user.get", ["id": .integer(try await directory.user(user))]),
        of: "user.get")
    case .invite(let email, let name, let role, let teams):
      return Self.invitation(
        try await session.call(
          "user.invite",
          [
            "email": .string(email), "name": .string(name), "role": .string(role),
            "teams": .array(try await ids(teams, directory)),
          ]))
    case .resetPassword(let user):
      return Self.invitation(
        try await session.call(
          "user.invite", ["id": .integer(try await directory.user(user))]))
    case .create(let email, let name, let role, let teams, _):
      return GenericAnswer.make(
        try await session.call(
          "user.create",
          [
            "email": .string(email), "name": .string(name), "password": .string(password),
            "role": .string(role), "teams": .array(try await ids(teams, directory)),
          ]), of: "user.create")
    case .setRole(let user, let role):
      return GenericAnswer.make(
        try await session.call(
          "user.set_role",
          ["id": .integer(try await directory.user(user)), "role": .string(role)]),
        of: "user.set_role")
    case .absent(let user, let day):
      var params: JSONObject = ["absent_until": day.map { .string($0) } ?? .null]
      if let user { params["id"] = .integer(try await directory.user(user)) }
      return GenericAnswer.make(
        try await session.call("user.absence", .object(params)), of: "user.absence")
    case .deactivate(let user, let successor, let isDryRun):
      var params: JSONObject = ["id": .integer(try await directory.user(user))]
      switch successor {
      case .user(let text):
        params["hand_over_to"] = ["user": .integer(try await directory.user(text))]
      case .team(let text):
        params["hand_over_to"] = ["team": .integer(try await directory.team(text))]
      case nil: break
      }
      if isDryRun {
        params["dry_run"] = true
      } else {
        try context.confirm("Deactivate user \(user)? Their sessions and tokens end at once.")
      }
      return GenericAnswer.make(
        try await session.call("user.deactivate", .object(params)), of: "user.deactivate")
    case .reactivate(let user):
      return GenericAnswer.make(
        try await session.call("user.reactivate", ["id": .integer(try await directory.user(user))]),
        of: "user.reactivate")
    }
  }

  private func ids(_ teams: [String], _ directory: Directory) async throws -> [JSON] {
    var ids: [JSON] = []
    for team in teams { ids.append(.integer(try await directory.team(team))) }
    return ids
  }

  private static func invitation(_ result: JSON) -> Answer {
    let invitation = result["invitation"]
    let email = CellText.exact(result["email"])
    return Answer(json: result, origin: Origin("user.invite")) { _ in
      [
        TerminalText.line("Send this to \(email); it works once, with voronka accept:"),
        TerminalText.line(CellText.exact(invitation?["token"])),
        TerminalText.line("It ends \(CellText.plain(invitation?["expires_at"]))."),
      ]
    }
  }

  private func list(_ directory: Directory) async throws -> Answer {
    let items = try await directory.session.items("user.list")
    let teams = Directory.namesByID(try await directory.session.items("team.list"))
    return Listing.answer(
      json: ["items": .array(items), "next": .null], items: items,
      columns: [
        Listing.Column("ID", .right) { CellText.exact($0["id"]) }, .member("name"),
        .member("email", "E-MAIL"), .member("role"), .member("state"),
        Listing.Column("TEAMS") { user in
          (user["teams"]?.array ?? []).map { DealColumns.name($0["id"] ?? $0, in: teams) }
            .joined(separator: ", ")
        },
      ], ifEmpty: "No users.", origin: Origin("user.list", "items"))
  }
}
