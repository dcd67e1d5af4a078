internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("Who says who is away")
struct AbsenceTests {
  private static let day: JSON = "2026-08-14"

  @Test("People say it of themselves, leads of those they lead in the tree, admins of everybody")
  func who() async throws {
    let company = try await TestInstallation.make().company()
    let team = try await company.team("team")
    let below = try await company.team("below", parent: team)
    let lead = try await company.user("lead", teams: [team])
    try await company.owner.call(
      "team.set_lead", ["team": .integer(team), "user": .integer(lead.id), "lead": true])
    let seller = try await company.user("seller", teams: [team])
    let junior = try await company.user("junior", teams: [below])
    let stranger = try await company.user("stranger", teams: [try await company.team("other")])
    let admin = try await company.user("admin", role: "admin")
    let until = { (id: Int64) in
      try await company.owner.call("user.get", ["id": .integer(id)])["absent_until"]
    }
    // Of oneself: away, and back.
    let own = try await seller.client.call("user.absence", ["absent_until": Self.day])
    #expect(own == ["id": .integer(seller.id), "name": "seller", "absent_until": Self.day])
    #expect(try await until(seller.id) == Self.day)
    #expect(try await seller.client.call("user.absence") == own)
    let back = try await seller.client.call("user.absence", ["absent_until": .null])
    #expect(back["absent_until"] == JSON.null)
    #expect(try await until(seller.id) == JSON.null)
    // Of others.
    let tries: [(TestClient, Int64, String?)] = [
      (lead.client, seller.id, nil), (lead.client, junior.id, nil),
      (lead.client, stranger.id, "not_found"), (seller.client, lead.id, "forbidden"),
      (seller.client, junior.id, "not_found"), (junior.client, seller.id, "not_found"),
      (admin.client, stranger.id, nil), (admin.client, 1, nil), (admin.client, 900, "not_found"),
    ]
    for (client, id, kind) in tries {
      let before = try? await until(id)
      let request: JSONObject = ["id": .integer(id), "absent_until": Self.day]
      guard let kind else {
        try await client.call("user.absence", request)
        #expect(try await until(id) == Self.day)
        continue
      }
      let refusal = try await client.refusal("user.absence", request)
      #expect(refusal?.kind == kind)
      if kind == "forbidden" { #expect(refusal?["needs"] == "lead") }
      #expect((try? await until(id)) == before)
    }
    // Whoever leads no more says it no more, and nobody but admins changes the rest of a person.
    try await company.owner.call(
      "team.set_lead", ["team": .integer(team), "user": .integer(lead.id), "lead": false])
    #expect(
      try await lead.client.refusal(
        "user.absence", ["id": .integer(seller.id), "absent_until": .null])?.kind == "forbidden")
    #expect(
      try await seller.client.refusal(
        "user.update", ["id": .integer(seller.id), "absent_until": .null])?.kind == "forbidden")
    let rows = try await company.owner.call("audit.list", ["method": "user.absence"]).items
    #expect(rows.count == 6)
    #expect(rows.first?["before"]?["absent_until"] == JSON.null)
    #expect(rows.first?["after"]?["absent_until"] == Self.day)
    let wrong = try await seller.client.refusal("user.absence", ["absent_until": "2026-02-30"])
    #expect(wrong?.kind == "invalid_params")
  }

  @Test("No rule gives a card to who says that they are away, until the day is over")
  func rules() async throws {
    let floor = try await SalesFloor.make()
    let clock = floor.company.installation.clock
    try await floor.servicesSeller.client.call("user.absence", ["absent_until": "2026-06-02"])
    var given: [JSON?] = []
    for number in 1...3 {
      let lead = try await floor.lead(
        "\(number)", ["contact": ["name": "Пётр", "email": .string("p\(number)@a.example")]])
      let moved = try await floor.first.client.call(
        "lead.convert", ["id": .integer(lead.id), "pipeline": .integer(floor.services.id)])
      given.append(
        try await floor.company.owner.call("deal.get", ["id": moved["deal"]?["id"] ?? .null])[
          "responsible"])
      clock.advance(seconds: 86_400)
    }
    #expect(given == [.null, .null, .integer(floor.servicesSeller.id)])
  }
}
