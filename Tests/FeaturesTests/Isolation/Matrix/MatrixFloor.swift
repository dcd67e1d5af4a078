internal import JSON
internal import TestSupport

/// Somebody in the matrix.
struct MatrixPerson: Sendable {
  let id: Int64
  let client: TestClient
  /// Given to them.
  let grant: Int64
  /// Who is responsible for deals and leads that are called theirs; nobody where they may see none.
  var deals: Int64?
  var leads: Int64?
}

/// Teams, colleagues and their rights, around whoever asks.
struct MatrixFloor: Sendable {
  let scene: IsolationScene
  let leads: Int64
  let hidden: JSON
  let team: Int64
  let firstLine: Int64
  let recluses: Int64
  let mate: MatrixPerson
  let stranger: MatrixPerson
  let recluse: MatrixPerson

  private static let working: [JSON] = ["view", "create", "edit", "move", "close", "assign"]

  static func make(_ scene: IsolationScene) async throws -> MatrixFloor {
    let (company, owner) = (scene.company, scene.company.owner)
    let leads = try await owner.call("pipeline.list", ["kind": "lead"]).items[0].id
    let hidden = try await company.pipeline(
      "Hidden", stages: [["name": "first"], ["name": "second"], ["name": "empty"]])
    let team = try await company.team("seniors")
    let firstLine = try await company.team("first line", kind: "first_line")
    let strangers = try await company.team("strangers")
    let recluses = try await company.team("recluses")
    _ = try await give(owner, scene.own.pipeline, ["team": .integer(team)], ["view"], "team")
    _ = try await give(owner, leads, ["team": .integer(firstLine)], ["view"], "team")
    _ = try await give(owner, scene.own.pipeline, ["team": .integer(firstLine)], ["create"])
    var mate = try await member("mate", scene, [team], scene.own.pipeline, working)
    mate.leads = try await member("firstmate", scene, [firstLine], leads, working).id
    var stranger = try await member("stranger", scene, [strangers], scene.own.pipeline, working)
    stranger.leads = try await member("firststranger", scene, [strangers], leads, working).id
    return MatrixFloor(
      scene: scene, leads: leads, hidden: hidden, team: team, firstLine: firstLine,
      recluses: recluses, mate: mate, stranger: stranger,
      recluse: try await member("recluse", scene, [recluses], hidden.id, working))
  }

  /// Whoever asks, by role, on a connection of the kind of the role.
  func asker(
    _ role: MatrixRole
  ) async throws -> (person: MatrixPerson, client: TestClient) {
    let (company, own) = (scene.company, scene.own)
    var person: MatrixPerson
    switch role {
    case .owner, .operator:
      let id = try await company.owner.call("auth.whoami")["principal"]?["user"]?.id ?? 0
      person = MatrixPerson(
        id: id, client: company.owner, grant: own.grant, deals: id, leads: id)
      return (person, role == .owner ? company.owner : company.operatorClient)
    case .admin:
      let admin = try await company.user("asker", role: "admin")
      person = MatrixPerson(
        id: admin.id, client: admin.client, grant: own.grant, deals: admin.id, leads: admin.id)
    case .lead:
      person = try await Self.member(
        "asker", scene, [team], own.pipeline, ["view", "create", "edit", "move", "close"], "team")
      try await company.owner.call(
        "team.set_lead",
        ["team": .integer(team), "user": .integer(person.id), "lead": true])
    case .senior, .personalToken, .serviceToken:
      person = try await Self.member(
        "asker", scene, [team], own.pipeline, Self.working + ["delete"])
    case .firstLine:
      person = try await Self.member("asker", scene, [firstLine], leads, Self.working)
      person.leads = person.id
      person.deals = nil
    case .contractor:
      person = try await Self.member(
        "asker", scene, [], own.pipeline, ["view"], "all", outcome: "lost")
      person.deals = nil
    }
    return (person, try await connection(of: person, role))
  }

  private func connection(of person: MatrixPerson, _ role: MatrixRole) async throws -> TestClient {
    let made: JSON
    switch role {
    case .personalToken: made = try await person.client.call("token.create", ["name": "Own"])
    case .serviceToken:
      made = try await scene.company.owner.call(
        "token.create", ["name": "Service", "kind": "service", "user": .integer(person.id)])
    default: return person.client
    }
    let client = scene.company.installation.client()
    try await client.call("auth.token", ["token": made["token"] ?? .null])
    return client
  }

  private static func member(
    _ name: String, _ scene: IsolationScene, _ teams: [Int64], _ pipeline: Int64,
    _ actions: [JSON], _ cards: JSON = "own", outcome: JSON = "any"
  ) async throws -> MatrixPerson {
    let user = try await scene.company.user(name, teams: teams)
    let grant = try await give(
      scene.company.owner, pipeline, ["user": .integer(user.id)], actions, cards, outcome)
    return MatrixPerson(
      id: user.id, client: user.client, grant: grant, deals: user.id, leads: nil)
  }

  static func give(
    _ owner: TestClient, _ pipeline: Int64, _ to: JSON, _ actions: [JSON],
    _ cards: JSON = "own", _ outcome: JSON = "any"
  ) async throws -> Int64 {
    try await owner.call(
      "grant.give",
      [
        "pipeline": .integer(pipeline), "to": to, "actions": .array(actions), "cards": cards,
        "outcome": outcome,
      ]
    ).id
  }
}
