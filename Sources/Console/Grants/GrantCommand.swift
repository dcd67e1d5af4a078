internal import JSON

/// `voronka grant …`: who may do what on which pipeline.
public struct GrantCommand: ConsoleCommand {
  /// Whom a right is given to.
  public enum Subject: Sendable {
    /// A user by id, e-mail or name.
    case user(String)
    /// A team by id or name.
    case team(String)
    /// Everybody in the company.
    case everyone
  }

  /// What to do; pipelines are given by id or name.
  public enum Action: Sendable {
    /// The grants on a pipeline.
    case list(pipeline: String?)
    /// A grant; giving again to the same subject replaces.
    case give(
      pipeline: String, to: Subject, actions: [String], cards: String, outcome: String)
    /// A grant is taken back.
    case revoke(Int64)
  }

  let action: Action

  /// A command on grants.
  public init(_ action: Action) {
    self.action = action
  }

  /// Does it and prints the outcome.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let directory = Directory(session: session)
      switch action {
      case .list(let pipeline): return try await list(pipeline, directory: directory)
      case .give(let pipeline, let subject, let actions, let cards, let outcome):
        let pipeline = try Directory.id(try await directory.pipeline(pipeline))
        return GenericAnswer.make(
          try await session.call(
            "grant.give",
            [
              "pipeline": .integer(pipeline), "to": try await to(subject, directory: directory),
              "actions": .array(actions.map { .string($0) }), "cards": .string(cards),
              "outcome": .string(outcome),
            ]), of: "grant.give")
      case .revoke(let id):
        try context.confirm("Revoke grant \(id)?")
        let result = try await session.call("grant.revoke", ["id": .integer(id)])
        return Answer(json: result) { _ in ["Revoked grant \(id)."] }
      }
    }
    context.present(answer)
  }

  private func to(_ subject: Subject, directory: Directory) async throws -> JSON {
    switch subject {
    case .user(let user): ["user": .integer(try await directory.user(user))]
    case .team(let team): ["team": .integer(try await directory.team(team))]
    case .everyone: ["everyone": true]
    }
  }

  private func list(_ text: String?, directory: Directory) async throws -> Answer {
    let session = directory.session
    var params = JSONObject()
    if let text {
      params["pipeline"] = .integer(try Directory.id(try await directory.pipeline(text)))
    }
    let items = try await session.items("grant.list", params)
    let pipelines = Directory.namesByID(try await session.items("pipeline.list"))
    let people = try await directory.userNames()
    let teams = Directory.namesByID(try await session.items("team.list"))
    return Listing.answer(
      json: ["items": .array(items), "next": .null], items: items,
      columns: [
        Listing.Column("ID", .right) { CellText.exact($0["id"]) },
        Listing.Column("PIPELINE") { DealColumns.name($0["pipeline"], in: pipelines) },
        Listing.Column("TO") { SubjectText.line($0["to"], people: people, teams: teams) },
        .member("actions"), .member("cards"), .member("outcome"),
      ], ifEmpty: "No grants.", origin: Origin("grant.list", "items"))
  }
}
