internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

@testable internal import Features

@Suite("Export")
struct ExportTests {
  private func give(
    _ floor: SalesFloor, to user: Int64, on pipeline: JSON, _ actions: JSON,
    outcome: JSON = "any"
  ) async throws {
    try await floor.company.owner.call(
      "grant.give",
      [
        "pipeline": .integer(pipeline.id), "to": ["user": .integer(user)], "actions": actions,
        "cards": "all", "outcome": outcome,
      ])
  }

  /// Three deals with a contact and a company each, the second of them lost, and one of another pipeline.
  private func deals(_ floor: SalesFloor) async throws -> (
    open: JSON, lost: JSON, third: JSON, other: JSON
  ) {
    let owner = floor.company.owner
    let add = { (pipeline: JSON, name: String) in
      let client = try await owner.call("company.create", ["name": .string("ООО \(name)")])
      return try await owner.call(
        "deal.create",
        [
          "pipeline": .integer(pipeline.id), "title": .string(name),
          "contact": ["name": .string("Client of \(name)")], "company": .integer(client.id),
          "amount": ["amount": "1200.50", "currency": "RUB"],
        ])
    }
    let open = try await add(floor.general, "Open")
    let lost = try await add(floor.general, "Lost")
    let third = try await add(floor.general, "Third")
    let other = try await add(floor.services, "Other")
    try await owner.call(
      "deal.lose",
      [
        "id": .integer(lost.id), "reason": try await floor.reason("loss"), "comment": "Because",
      ])
    return (open, lost, third, other)
  }

  @Test("Whoever may view without the right to export gets nothing out, by any kind of export")
  func withoutRight() async throws {
    let floor = try await SalesFloor.make()
    _ = try await deals(floor)
    let contractor = try await floor.company.user("contractor")
    try await give(floor, to: contractor.id, on: floor.general, ["view"], outcome: "lost")
    for what in ["leads", "deals", "contacts", "companies"] {
      for more in [[:], ["pipeline": .integer(floor.general.id)]] as [JSONObject] {
        if what == "leads", !more.isEmpty { continue }
        var params = more
        params["what"] = .string(what)
        let refusal = try await contractor.client.refusal("export.begin", params)
        #expect(refusal?.kind == "forbidden" && refusal?["needs"] == "export", "\(what)")
      }
    }
    // A pipeline of which they know nothing is not there.
    let refusal = try await contractor.client.refusal(
      "export.begin", ["what": "deals", "pipeline": .integer(floor.services.id)])
    #expect(refusal?.kind == "not_found")
  }

  @Test(
    "Export of lost deals alone gives those, their contacts and companies, and not what is seen besides"
  )
  func lostOnly() async throws {
    let floor = try await SalesFloor.make()
    let (open, lost, _, _) = try await deals(floor)
    let member = try await floor.company.user("member")
    // Sees all deals there; may take out the lost ones.
    let team = try await floor.company.team("Analysts")
    try await floor.company.owner.call(
      "team.add_member", ["team": .integer(team), "user": .integer(member.id)])
    try await floor.company.owner.call(
      "grant.give",
      [
        "pipeline": .integer(floor.general.id), "to": ["team": .integer(team)],
        "actions": ["view"], "cards": "all",
      ])
    try await give(floor, to: member.id, on: floor.general, ["export"], outcome: "lost")
    #expect(try await member.client.call("deal.list").ids.count == 3)
    let deals = try await member.client.exported(["what": "deals"])
    #expect(deals.ids == [lost.id] && deals.count == 1)
    #expect(deals.values("contact") == ["Client of Lost"])
    #expect(deals.values("company") == ["ООО Lost"])
    let contacts = try await member.client.exported(["what": "contacts"])
    #expect(contacts.ids == [lost["contact"]?.int64] && contacts.count == 1)
    let companies = try await member.client.exported(["what": "companies"])
    #expect(companies.ids == [lost["company"]?.int64] && companies.count == 1)
    #expect(
      try await member.client.exported(["what": "deals", "outcome": "open"]).ids == [])
    // A contact that they entered themselves is not of a card that they may export.
    try await give(
      floor, to: member.id, on: floor.general, ["export", "create"], outcome: "lost")
    let entered = try await member.client.call("contact.create", ["name": "Own"])
    #expect(try await member.client.call("contact.list").ids.contains(entered.id))
    #expect(try await member.client.exported(["what": "contacts"]).ids == contacts.ids)
    // The owner has all, clients without cards too.
    let owner = floor.company.owner
    #expect(try await owner.exported(["what": "deals"], pages: 1).count == 4)
    #expect(try await owner.exported(["what": "contacts"], pages: 2).ids.count == 5)
    let ofOpen = try await owner.exported(["what": "contacts", "outcome": "open"])
    #expect(ofOpen.ids.contains(open["contact"]?.int64 ?? 0) && ofOpen.ids.count == 3)
  }

  @Test("The filters choose what the lists' filters choose")
  func filters() async throws {
    let floor = try await SalesFloor.make()
    let (open, _, third, _) = try await deals(floor)
    let owner = floor.company.owner
    try await owner.call(
      "deal.assign",
      ["id": .integer(open.id), "responsible": .integer(floor.generalSeller.id)])
    let filters: [JSONObject] = [
      [:], ["pipeline": .integer(floor.general.id)], ["outcome": "lost"], ["outcome": "open"],
      ["stage": floor.stage(0, of: floor.general)],
      ["responsible": .integer(floor.generalSeller.id)], ["contact": third["contact"] ?? .null],
      ["company": third["company"] ?? .null], ["source": "nowhere"],
    ]
    for filter in filters {
      var params = filter
      params["what"] = "deals"
      let listed = try await owner.call("deal.list", filter).ids
      let exported = try await owner.exported(params, pages: 1)
      #expect(exported.ids == listed.reversed(), "\(filter)")
      #expect(exported.count == Int64(listed.count), "\(filter)")
    }
    let day = String(third["created_at"]?.string?.prefix(10) ?? "")
    #expect(try await owner.exported(["what": "deals", "from": .string(day)]).count == 4)
    #expect(try await owner.exported(["what": "deals", "to": .string(day)]).count == 0)
    #expect(
      try await owner.refusal(
        "export.begin", ["what": "deals", "from": "2026-02-02", "to": "2026-02-01"])?.kind
        == "invalid")
  }

  @Test("Values come as they are kept, the company's own fields as columns of their own")
  func values() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги")
    for (key, type) in [("note", "text"), ("budget", "money"), ("visit", "date")] {
      try await company.owner.call(
        "field.create",
        ["for": "deal", "key": .string(key), "name": .string(key), "type": .string(type)])
    }
    let deal = try await company.owner.call(
      "deal.create",
      [
        "pipeline": .integer(pipeline.id), "title": "=Кухня", "source": "site",
        "amount": ["amount": "7.00", "currency": "RUB"],
        "contact": ["name": "Пётр", "phone": "8 (916) 123-45-67", "email": "petr@client.example"],
        "fields": [
          "note": "+text", "budget": ["amount": "5.00", "currency": "RUB"], "visit": "2026-01-02",
        ],
      ])
    let exported = try await company.owner.exported(["what": "deals"])
    let expected: [(String, JSON)] = [
      ("id", .integer(deal.id)), ("pipeline", "Услуги"), ("outcome", "open"), ("title", "=Кухня"),
      ("amount", "7.00"), ("currency", "RUB"), ("company", .null), ("responsible", "Анна"),
      ("contact", "Пётр"), ("phone", "8 (916) 123-45-67"), ("email", "petr@client.example"),
      ("source", "site"), ("repeat", false), ("created_at", deal["created_at"] ?? .null),
      ("closed_at", .null), ("fields.note", "+text"),
      ("fields.budget", ["amount": "5.00", "currency": "RUB"]), ("fields.visit", "2026-01-02"),
    ]
    for (column, value) in expected {
      #expect(exported.values(column) == [value], "\(column)")
    }
    // What else is known of companies has columns too.
    try await company.owner.call(
      "company.create", ["name": "A", "fields": ["inn": "77", "size": 5]])
    try await company.owner.call("company.create", ["name": "B"])
    let companies = try await company.owner.exported(["what": "companies"])
    #expect(companies.values("fields.inn") == ["77", .null])
    #expect(companies.values("fields.size") == [5, .null])
  }

  @Test("A right revoked between two pages ends the rest; given back, the export goes on")
  func revocation() async throws {
    let floor = try await SalesFloor.make()
    _ = try await deals(floor)
    let member = try await floor.company.user("member")
    try await give(floor, to: member.id, on: floor.general, ["view", "export"])
    let begun = try await member.client.call("export.begin", ["what": "deals"])
    #expect(begun["count"] == 3)
    var page: JSONObject = ["id": begun["id"] ?? .null, "limit": 1]
    let first = try await member.client.call("export.read", page)
    page["after"] = first["next"]
    // Of lost deals only: those that follow are open.
    try await give(floor, to: member.id, on: floor.general, ["view", "export"], outcome: "won")
    let rest = try await member.client.call("export.read", page)
    #expect(rest.items.isEmpty && rest["next"] == .null)
    try await give(floor, to: member.id, on: floor.general, ["view"])
    #expect(try await member.client.refusal("export.read", page)?.kind == "forbidden")
    let grants = try await floor.company.owner.call("grant.list")
    for grant in grants.items where grant["to"]?["user"]?.int64 == member.id {
      try await floor.company.owner.call("grant.revoke", ["id": .integer(grant.id)])
    }
    #expect(try await member.client.refusal("export.read", page)?.kind == "forbidden")
    try await give(floor, to: member.id, on: floor.general, ["view", "export"])
    #expect(try await member.client.call("export.read", page).items.count == 1)
  }

  @Test(
    "An id is read by whoever began, for a day, on every server; others' and made-up ones are not there"
  )
  func tickets() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let begun = try await owner.call("export.begin", ["what": "contacts"])
    let id = try #require(begun["id"]?.string)
    let params: JSONObject = ["id": .string(id)]
    #expect(try await owner.call("export.read", params).items.isEmpty)
    let server = try company.installation.anotherServer()
    let elsewhere = try await server.login(company.slug, "owner@\(company.slug).example")
    #expect(try await elsewhere.call("export.read", params).items.isEmpty)

    let admin = try await company.user("admin", role: "admin")
    let other = try await company.installation.company("other")
    for client in [admin.client, other.owner] {
      #expect(try await client.refusal("export.read", params)?.kind == "not_found")
    }
    var parts = id.split(separator: ".").map(String.init)
    let payload = try #require(parts.first)
    for forged in [
      "x", "..", id + "A", id.uppercased(),
      ([String(payload.reversed())] + parts[1...]).joined(separator: "."),
    ] {
      let refusal = try await owner.refusal("export.read", ["id": .string(forged)])
      #expect(refusal?.kind == "not_found", "\(forged)")
    }
    // The filters are under the MAC too.
    parts[0] = payload.replacing("Y29udGFjdHM", with: "Y29tcGFuaWVz")
    if parts[0] != payload {
      let refusal = try await owner.refusal(
        "export.read", ["id": .string(parts.joined(separator: "."))])
      #expect(refusal?.kind == "not_found")
    }
    company.installation.clock.advance(seconds: 86_401)
    #expect(try await owner.refusal("export.read", params)?.kind == "not_found")
  }

  @Test("Every export stands in the audit with who, what, its filters and how many rows")
  func audit() async throws {
    let floor = try await SalesFloor.make()
    _ = try await deals(floor)
    try await floor.company.owner.call(
      "export.begin", ["what": "deals", "pipeline": .integer(floor.general.id), "outcome": "lost"])
    let rows = try await floor.company.owner.call("audit.list", ["method": "export.begin"])
    #expect(rows.items.count == 1)
    let row = try #require(rows.items.first)
    #expect(row["subject"] == "deals" && row["who"]?["user"] == 1)
    #expect(row["after"]?["count"] == 1 && row["after"]?["outcome"] == "lost")
    #expect(row["after"]?["pipeline"] == .integer(floor.general.id))
    // One that was refused took nothing out.
    let nobody = try await floor.company.user("nobody")
    #expect(try await nobody.client.refusal("export.begin", ["what": "deals"]) != nil)
    #expect(
      try await floor.company.owner.call("audit.list", ["method": "export.begin"]).items.count == 1)
  }

  @Test("A plan without the feature refuses both, and names the plan that has it")
  func feature() async throws {
    let company = try await TestInstallation.make().company()
    let begun = try await company.owner.call("export.begin", ["what": "deals"])
    try await company.operatorClient.call(
      "plan.update", ["code": .string(company.slug), "features": ["audit"]])
    for (method, params) in [
      ("export.begin", ["what": "deals"]), ("export.read", ["id": begun["id"] ?? .null]),
    ] as [(String, JSONObject)] {
      let refusal = try await company.owner.refusal(method, params)
      #expect(refusal?.kind == "plan_limit" && refusal?["limit"] == "export", "\(method)")
    }
  }
}
