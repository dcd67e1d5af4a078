internal import JSON
internal import JSONRPC
internal import SalesRules
internal import TestSupport
internal import Testing

/// Every method of people, rights and settings, called by those who may not and those who may.
@Suite("Roles and companies in the methods of people and rights")
struct RoleTests {
  /// A method with params that do their work in a fresh company, and the members that name something of
  /// the company.
  private struct Probe: Sendable {
    let method: String
    let parameters: JSONObject
    /// The paths of ids in the params.
    var references: [String] = []
  }

  /// Ids in the company under test; each company has the same things, and the second one more before.
  private struct Place {
    let company: TestCompany
    let user: Int64
    let idle: Int64
    let team: Int64
    let pipeline: Int64
    let grant: Int64
    let card: Int64
    let member: TestClient
    let admin: TestClient
  }

  private func place(_ slug: String, padding: Int, in installation: TestInstallation) async throws
    -> Place
  {
    let company = try await installation.company(slug, template: "first_line_and_seniors")
    for number in 0..<padding {
      _ = try await company.team("padding \(number)")
      let user = try await company.user("padding\(number)")
      try await company.give(
        [.view], on: try await company.pipelines()[0], to: ["user": .integer(user.id)])
    }
    let team = try await company.team("team")
    let member = try await company.user("member")
    let admin = try await company.user("admin", role: "admin")
    let user = try await company.user("user", teams: [team])
    let idle = try await company.user("idle")
    try await company.owner.call("user.deactivate", ["id": .integer(idle.id)])
    let pipelines = try await company.pipelines()
    let grant = try await company.give([.view], on: pipelines[1], to: ["user": .integer(user.id)])
    let card = Int64(1000 + padding)
    try await company.insertCards([
      (card, .init(pipeline: pipelines[1], responsible: user.id, outcome: .open))
    ])
    return Place(
      company: company, user: user.id, idle: idle.id, team: team, pipeline: pipelines[1],
      grant: grant, card: card, member: member.client, admin: admin.client)
  }

  /// What owners and admins alone may do, the last of them what ends things.
  private func adminProbes(_ place: Place) -> [Probe] {
    let (user, team): (JSON, JSON) = (.integer(place.user), .integer(place.team))
    return [
      Probe(
        method: "user.create",
        parameters: [
          "email": "new@x.example", "name": "N", "password": "long enough", "teams": [team],
        ], references: ["teams"]),
      Probe(method: "user.update", parameters: ["id": user, "name": "N"], references: ["id"]),
      Probe(
        method: "user.set_role", parameters: ["id": user, "role": "admin"], references: ["id"]),
      Probe(
        method: "user.reactivate", parameters: ["id": .integer(place.idle)], references: ["id"]),
      Probe(
        method: "user.deactivate", parameters: ["id": user, "hand_over_to": ["user": 1]],
        references: ["id", "hand_over_to.user"]),
      Probe(
        method: "team.create", parameters: ["name": "N", "kind": "other", "parent": team],
        references: ["parent"]),
      Probe(method: "team.update", parameters: ["id": team, "kind": "other"], references: ["id"]),
      Probe(
        method: "team.add_member", parameters: ["team": team, "user": 1],
        references: ["team", "user"]),
      Probe(
        method: "team.set_lead", parameters: ["team": team, "user": user, "lead": true],
        references: ["team", "user"]),
      Probe(
        method: "team.remove_member", parameters: ["team": team, "user": user],
        references: ["team", "user"]),
      Probe(
        method: "grant.give",
        parameters: [
          "pipeline": .integer(place.pipeline), "to": ["user": user], "actions": ["edit"],
          "cards": "all",
        ], references: ["pipeline", "to.user"]),
      Probe(
        method: "grant.give",
        parameters: [
          "pipeline": .integer(place.pipeline), "to": ["team": team], "actions": ["view"],
          "cards": "all",
        ], references: ["to.team"]),
      Probe(
        method: "grant.list", parameters: ["pipeline": .integer(place.pipeline)],
        references: ["pipeline"]),
      Probe(method: "grant.revoke", parameters: ["id": .integer(place.grant)], references: ["id"]),
      Probe(
        method: "team.delete",
        parameters: ["id": team, "revoke_grants": true, "move_subteams_up": true],
        references: ["id"]),
      Probe(method: "settings.update", parameters: ["name": "N"]),
      Probe(method: "usage.get", parameters: [:]),
    ]
  }

  /// What everybody may ask, of what they know.
  private func openProbes(_ place: Place) -> [Probe] {
    [
      Probe(method: "user.get", parameters: ["id": .integer(place.user)], references: ["id"]),
      Probe(method: "user.list", parameters: ["team": .integer(place.team)], references: ["team"]),
      Probe(method: "team.get", parameters: ["id": .integer(place.team)], references: ["id"]),
      Probe(
        method: "access.explain",
        parameters: ["user": .integer(place.user), "card": .integer(place.card)],
        references: ["user", "card"]),
    ]
  }

  @Test("What owners and admins do is forbidden to members and open to admins")
  func roles() async throws {
    let place = try await place("mebel", padding: 0, in: .make())
    for probe in adminProbes(place) {
      let refusal = try await place.member.refusal(probe.method, probe.parameters)
      #expect(refusal?.kind == "forbidden", "\(probe.method)")
      #expect(refusal?["needs"] == "admin", "\(probe.method)")
      let stranger = place.company.installation.client()
      #expect(
        try await stranger.refusal(probe.method, probe.parameters)?.kind == "unauthenticated",
        "\(probe.method)")
      #expect(
        try await place.company.operatorClient.refusal(probe.method, probe.parameters)?.kind
          == "forbidden", "\(probe.method)")
      #expect(
        try await place.admin.refusal(probe.method, probe.parameters) == nil, "\(probe.method)")
    }
  }

  @Test(
    "Another company's ids answer like ids that never were, in every method, and change nothing")
  func isolation() async throws {
    let installation = try await TestInstallation.make()
    let mebel = try await place("mebel", padding: 0, in: installation)
    // The other company's ids are higher than any that mebel has.
    let other = try await place("other", padding: 8, in: installation)
    let others = openProbes(other) + adminProbes(other)
    for (mine, theirs) in zip(openProbes(mebel) + adminProbes(mebel), others) {
      for reference in mine.references {
        let foreign = mine.parameters.replacing(reference, from: theirs.parameters)
        guard foreign != mine.parameters else { continue }
        let absent = mine.parameters.replacing(reference, with: 4_000_000)
        let refusal = try await mebel.company.owner.refusal(mine.method, foreign)
        #expect(refusal?.kind == "not_found", "\(mine.method) \(reference)")
        #expect(
          try await mebel.company.owner.refusal(mine.method, absent) == refusal,
          "\(mine.method) \(reference)")
      }
    }
    // The same calls do their work where the ids belong.
    for probe in others {
      #expect(
        try await other.company.owner.refusal(probe.method, probe.parameters) == nil,
        "\(probe.method)")
    }
  }
}

extension JSONObject {
  /// The same with the id at a path replaced; in a list, its first element.
  fileprivate func replacing(_ path: String, with id: JSON) -> JSONObject {
    var copy = self
    let parts = path.split(separator: ".", maxSplits: 1).map(String.init)
    switch (copy[parts[0]], parts.count) {
    case (.object(let inner)?, 2): copy[parts[0]] = .object(inner.replacing(parts[1], with: id))
    case (.array?, _): copy[parts[0]] = [id]
    default: copy[parts[0]] = id
    }
    return copy
  }

  /// The same with the id at a path taken from another object.
  fileprivate func replacing(_ path: String, from other: JSONObject) -> JSONObject {
    var value: JSON? = .object(other)
    for part in path.split(separator: ".") { value = value?[String(part)] }
    if let first = value?.array?.first { value = first }
    return replacing(path, with: value ?? .null)
  }
}
