internal import JSON

/// `voronka access preview …`: what a change would change.
public struct AccessPreviewCommand: ConsoleCommand {
  /// The change that is asked about; pipelines, stages, teams and users by id or name.
  public enum Change: Sendable {
    /// A grant given or changed.
    case give(GrantTerms)
    /// A grant taken back.
    case revoke(Int64)
    /// Somebody comes into a team.
    case join(team: String, user: String)
    /// Somebody leaves a team.
    case leave(team: String, user: String)
  }

  let change: Change

  /// A question about a change.
  public init(_ change: Change) {
    self.change = change
  }

  /// Asks the server and prints who gains and who loses.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let directory = Directory(session: session)
      let result = try await session.call(
        "access.preview", .object(try await parameters(directory)))
      let pipelines = Directory.namesByID(try await session.items("pipeline.list"))
      return Self.answer(result, pipelines: pipelines)
    }
    context.present(answer)
  }

  private func parameters(_ directory: Directory) async throws -> JSONObject {
    switch change {
    case .give(let terms): ["give": .object(try await terms.parameters(directory))]
    case .revoke(let id): ["revoke": .integer(id)]
    case .join(let team, let user):
      ["add_member": .object(try await membership(team, user, directory))]
    case .leave(let team, let user):
      ["remove_member": .object(try await membership(team, user, directory))]
    }
  }

  private func membership(
    _ team: String, _ user: String, _ directory: Directory
  ) async throws -> JSONObject {
    [
      "team": .integer(try await directory.team(team)),
      "user": .integer(try await directory.user(user)),
    ]
  }

  private static func answer(_ result: JSON, pipelines: [Int64: String]) -> Answer {
    let people = result["people"]?.array ?? []
    let counts: @Sendable (JSON?) -> String = { counts in
      (counts?.array ?? []).map { count in
        "\(CellText.exact(count["cards"])) in \(DealColumns.name(count["pipeline"], in: pipelines))"
      }.joined(separator: ", ")
    }
    let unseen = result["unseen"]?["count"]?.int64 ?? 0
    let cards = (result["unseen"]?["cards"]?.array ?? []).map { CellText.exact($0["card"]) }
    return Answer(json: result, rows: .array(people)) { page in
      guard !people.isEmpty else { return ["Nobody would gain or lose sight of a card."] }
      var table = TextTable(["WHO", "GAINS", "LOSES"].map { TextTable.Column($0) })
      for person in people {
        table.append([
          CellText.plain(person["user"]), counts(person["gains"]), counts(person["loses"]),
        ])
      }
      var lines = table.lines(width: page.width, style: page.style)
      if unseen > 0 {
        let more = unseen > Int64(cards.count) ? ", …" : ""
        lines.append(
          "Open cards that their responsible would no longer see: \(unseen) "
            + "(\(cards.joined(separator: ", "))\(more))")
      }
      return lines
    }
  }
}
