internal import JSON
internal import JSONRPC
internal import SalesRules
internal import TestSupport
internal import Testing

@Suite("Teams")
struct TeamTests {
  private func company() async throws -> TestCompany {
    try await TestInstallation.make().company()
  }

  @Test("A team is made below another, read as the answer said, and listed in pages")
  func creation() async throws {
    let company = try await company()
    let office = try await company.team("Офис", kind: "other")
    let team = try await company.owner.call(
      "team.create",
      ["name": "Первая линия", "kind": "first_line", "parent": .integer(office)])
    #expect(team["version"] == 1)
    #expect(team["parent"] == .integer(office))
    let id = try #require(team["id"])
    #expect(try await company.owner.call("team.get", ["id": id]) == team)
    let all = try await company.owner.all("team.list", ["limit": 1])
    #expect(all.compactMap { $0["id"]?.int64 } == [office, id.int64])
  }

  @Test("Two teams of one name can't stand at the same place")
  func names() async throws {
    let company = try await company()
    let office = try await company.team("Офис")
    let refusal = try await company.owner.refusal(
      "team.create", ["name": "Офис", "kind": "other"])
    #expect(refusal?.kind == "conflict")
    #expect(try await company.team("Офис", parent: office) > office)
  }

  @Test("A team moves in the tree, but never below itself")
  func tree() async throws {
    let company = try await company()
    let top = try await company.team("top")
    let middle = try await company.team("middle", parent: top)
    let bottom = try await company.team("bottom", parent: middle)
    for parent in [top, middle, bottom] {
      let refusal = try await company.owner.refusal(
        "team.update", ["id": .integer(top), "parent": .integer(parent)])
      #expect(refusal?.kind == "invalid")
    }
    let moved = try await company.owner.call(
      "team.update", ["id": .integer(bottom), "parent": .integer(top), "kind": "other"])
    #expect(moved["parent"] == .integer(top))
    #expect(moved["kind"] == "other")
    let cleared = try await company.owner.call(
      "team.update", ["id": .integer(bottom), "parent": .null])
    #expect(cleared["parent"] == .null)
    #expect(cleared["version"] == 3)
  }

  @Test("Two moves at once never close a circle", arguments: 0..<5)
  func circleUnderConcurrency(_ round: Int) async throws {
    let company = try await company()
    let one = try await company.team("one")
    let other = try await company.team("other")
    async let first = company.owner.refusal(
      "team.update", ["id": .integer(one), "parent": .integer(other)])
    async let second = company.owner.refusal(
      "team.update", ["id": .integer(other), "parent": .integer(one)])
    let refusals = [try await first, try await second]
    #expect(refusals.compactMap { $0?.kind } == ["invalid"])
  }

  @Test("Who leads a team belongs to it; who leads it no longer still does, until removed")
  func membership() async throws {
    let company = try await company()
    let team = try await company.team("team")
    let boris = try await company.user("boris")
    let key: JSONObject = ["team": .integer(team), "user": .integer(boris.id)]
    let lead = { (leads: Bool) in
      var parameters = key
      parameters["lead"] = .bool(leads)
      return try await company.owner.call("team.set_lead", parameters)
    }
    // To lead no longer what one does not belong to changes nothing.
    #expect(try await lead(false)["version"] == 1)
    #expect(try await lead(false).ids("members") == [])
    let led = try await lead(true)
    #expect(led.ids("leads") == [boris.id])
    #expect(led.ids("members") == [boris.id])
    #expect(try await company.owner.call("team.get", ["id": .integer(team)]) == led)
    // Being put in again does not unmake a lead, nor changes anything.
    #expect(try await company.owner.call("team.add_member", key) == led)
    let plain = try await lead(false)
    #expect(plain.ids("leads") == [])
    #expect(plain.ids("members") == [boris.id])
    let empty = try await company.owner.call("team.remove_member", key)
    #expect(empty.ids("members") == [])
    #expect(try await company.owner.call("team.remove_member", key) == empty)
    #expect(try await company.owner.call("team.get", ["id": .integer(team)]) == empty)
  }

  @Test("A team with sub-teams and grants is deleted only when it is said what becomes of them")
  func deletion() async throws {
    let company = try await TestInstallation.make().company(template: "first_line_and_seniors")
    let pipelines = try await company.pipelines()
    let top = try await company.team("top")
    let team = try await company.team("team", parent: top)
    let below = try await company.team("below", parent: team)
    _ = try await company.user("boris", teams: [team])
    let grant = try await company.give([.view], on: pipelines[1], to: ["team": .integer(team)])
    let id: JSONObject = ["id": .integer(team)]
    let with = { (words: [String]) in
      var parameters = id
      for word in words { parameters[word] = true }
      return parameters
    }
    let refusal = try await company.owner.refusal("team.delete", id)
    #expect(refusal?.kind == "conflict")
    #expect(refusal?["subteams"] == [.integer(below)])
    #expect(refusal?["grants"] == [.integer(grant)])
    let half = try await company.owner.refusal("team.delete", with(["revoke_grants"]))
    #expect(half?["subteams"] == [.integer(below)])
    #expect(half?["grants"] == [])
    let preview = try await company.owner.call(
      "team.delete", with(["dry_run", "revoke_grants", "move_subteams_up"]))
    #expect(preview["deleted"] == false)
    #expect(preview["members"] == 1)
    let answer = try await company.owner.call(
      "team.delete", with(["revoke_grants", "move_subteams_up"]))
    #expect(answer["deleted"] == true)
    #expect(try await company.owner.refusal("team.get", id)?.kind == "not_found")
    let moved = try await company.owner.call("team.get", ["id": .integer(below)])
    #expect(moved["parent"] == .integer(top))
    let grants = try await company.owner.call("grant.list", ["pipeline": .integer(pipelines[1])])
    #expect(!grants.ids.contains(grant))
  }

  @Test(
    "A member knows their own teams and those granted on their pipelines; no other exists for them")
  func sight() async throws {
    let company = try await TestInstallation.make().company(template: "first_line_and_seniors")
    let pipelines = try await company.pipelines()
    let own = try await company.team("own")
    let hidden = try await company.team("hidden", parent: own)
    let granted = try await company.team("granted")
    let boris = try await company.user("boris", teams: [own])
    #expect(try await boris.client.call("team.list").ids == [own])
    for team in [hidden, granted] {
      let id: JSON = .integer(team)
      #expect(try await boris.client.refusal("team.get", ["id": id])?.kind == "not_found")
      #expect(try await boris.client.refusal("user.list", ["team": id])?.kind == "not_found")
    }
    let leads = pipelines[0]
    // Looking alone needs no colleagues; working does.
    try await company.give([.view], on: leads, to: ["team": .integer(own)])
    try await company.give([.edit], on: leads, to: ["team": .integer(granted)], cards: .own)
    #expect(try await boris.client.call("team.list").ids == [own])
    try await company.give([.view, .move], on: leads, to: ["team": .integer(own)])
    let known = try await boris.client.call("team.list").ids
    #expect(known.contains(granted))
    #expect(!known.contains(hidden))
    _ = try await boris.client.call("team.get", ["id": .integer(granted)])
    _ = try await boris.client.call("user.list", ["team": .integer(granted)])
  }

  @Test("A version that is out of date stops every change of a team")
  func versions() async throws {
    let company = try await company()
    let team = try await company.team("team")
    let member: JSONObject = ["team": .integer(team), "user": 1]
    let changes: [(String, JSONObject)] = [
      ("team.update", ["id": .integer(team), "name": "T"]),
      ("team.delete", ["id": .integer(team)]), ("team.add_member", member),
      ("team.remove_member", member),
    ]
    for (method, parameters) in changes {
      var parameters = parameters
      parameters["if_version"] = 7
      let refusal = try await company.owner.refusal(method, parameters)
      #expect(refusal?.kind == "conflict")
      #expect(refusal?["version"] == 1)
    }
  }
}
