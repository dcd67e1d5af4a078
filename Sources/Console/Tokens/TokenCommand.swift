internal import JSON

/// `voronka token …`: tokens for programs.
public struct TokenCommand: ConsoleCommand {
  /// What to do.
  public enum Action: Sendable {
    /// One's own, or for owners and admins all of the company's.
    case list
    /// A new one, shown once.
    case create(TokenDraft)
    /// The end of one, by id.
    case revoke(Int64)
  }

  let action: Action

  /// A command on tokens.
  public init(_ action: Action) {
    self.action = action
  }

  /// Does it and prints the outcome.
  public func run(in context: ConsoleContext) async throws {
    if case .create(let draft) = action, draft.assumes, draft.serviceOf == nil {
      throw ConsoleFailure.usage("--assume is for service tokens: add --service-of USER.")
    }
    let answer = try await Session.answer(context) { session in
      switch action {
      case .list: return try await list(Directory(session: session))
      case .create(let draft):
        let params = try await draft.params(Directory(session: session))
        return Self.shown(try await session.call("token.create", params))
      case .revoke(let id):
        try context.confirm("Revoke token \(id)? Whatever uses it stops at once.")
        return GenericAnswer.make(
          try await session.call("token.revoke", ["id": .integer(id)]), of: "token.revoke")
      }
    }
    context.present(answer)
  }

  private static func shown(_ token: JSON) -> Answer {
    Answer(json: token, origin: Origin("token.create")) { page in
      let members = (token.object?.members ?? []).filter { $0.name != "token" }
      return GenericAnswer.members(JSONObject(members.map { ($0.name, $0.value) }), page: page)
        + [
          "", "Keep this token now; it is not shown again:",
          TerminalText.line(CellText.exact(token["token"])),
        ]
    }
  }

  private func list(_ directory: Directory) async throws -> Answer {
    let items = try await directory.session.items("token.list")
    let users = try await directory.userNames()
    return Listing.answer(
      json: ["items": .array(items), "next": .null], items: items,
      columns: [
        Listing.Column("ID", .right) { CellText.exact($0["id"]) }, .member("name"),
        .member("kind"),
        Listing.Column("USER") { DealColumns.name($0["user"] ?? .null, in: users) },
        Listing.Column("METHODS") { Self.few($0["methods"], otherwise: "all") },
        Listing.Column("FROM") { Self.few($0["networks"], otherwise: "anywhere") },
        .member("expires_at", "EXPIRES"), .member("last_used_at", "LAST USED"),
      ], ifEmpty: "No tokens.", origin: Origin("token.list", "items"))
  }

  private static func few(_ list: JSON?, otherwise none: String) -> String {
    let texts = (list?.array ?? []).compactMap(\.string)
    guard !texts.isEmpty else { return none }
    return texts.prefix(3).joined(separator: ", ") + (texts.count > 3 ? ", …" : "")
  }
}
