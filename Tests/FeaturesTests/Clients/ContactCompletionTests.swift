internal import JSON
internal import JSONRPC
internal import SalesRules
internal import TestSupport
internal import Testing

/// What a request tells of a client whom the company knows.
@Suite("A known client of whom a request tells more")
struct ContactCompletionTests {
  private static let number: JSON = "+7 916 123-45-67"

  private func contact(_ card: JSON, _ owner: TestClient) async throws -> JSON {
    try await owner.call("contact.get", ["id": card["contact"] ?? .null])
  }

  private func kept(_ card: JSON) -> JSON? {
    let warnings = card["warnings"]?.array ?? []
    return warnings.first { $0["kind"] == "contact_kept" }?["detail"]
  }

  @Test("Who called without a name has one, and an address, once the form tells them")
  func filled() async throws {
    let floor = try await SalesFloor.make()
    let client = floor.first.client
    let call = try await client.call(
      "lead.create", ["title": "Звонок", "contact": ["phone": Self.number]])
    let form = try await client.call(
      "lead.create",
      [
        "title": "Форма",
        "contact": [
          "name": "Ольга Петрова", "phone": "8 916 123 45 67", "email": "olga@client.example",
        ],
      ])
    #expect(form["contact"] == call["contact"] && form["repeat"] == true && kept(form) == nil)
    let contact = try await contact(form, client)
    #expect(contact["name"] == "Ольга Петрова" && contact["emails"] == ["olga@client.example"])
    #expect(contact["phones"] == [Self.number] && contact["version"] == 2)
    // Found by each of them, also among cards.
    let later = try await client.call(
      "lead.create", ["title": "Письмо", "contact": ["email": "OLGA@client.example"]])
    #expect(later["contact"] == call["contact"] && later["repeat"] == true)
    let found = try await client.call("card.search", ["query": "Ольга"])
    #expect(found.items.count == 3)
    // The stage that asks for the name lets it in.
    let transfer = try #require(
      floor.leads["stages"]?.array?.first { $0["transfers_to"]?.int64 != nil }?["id"])
    let moved = try await client.call("lead.move", ["id": form["id"] ?? .null, "stage": transfer])
    #expect(moved["deal"]?["id"]?.int64 != nil)
  }

  @Test("History and audit tell what was added, and erasure takes it out of both")
  func trace() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    try await owner.call("lead.create", ["title": "Звонок", "contact": ["phone": Self.number]])
    let form = try await owner.call(
      "lead.create",
      ["title": "Форма", "contact": ["name": "Ольга Петрова", "phone": Self.number]])
    let history = try await owner.call("lead.history", ["id": .integer(form.id)])
    #expect(history.items.first?["details"]?["added_to_contact"] == ["name"])
    let audit = try await owner.call("audit.list", ["method": "lead.create", "limit": 1])
    let row = try #require(audit.items.first)
    #expect(row["before"]?["contact"]?["name"] == Self.number)
    #expect(row["after"]?["contact"]?["name"] == "Ольга Петрова")
    #expect(row["after"]?["lead"]?["id"] == .integer(form.id))
    try await owner.call("contact.erase", ["id": form["contact"] ?? .null])
    let after = try await owner.call("audit.list", ["method": "lead.create", "limit": 1])
    #expect(after.items.first?["after"]?["contact"] == nil)
  }

  @Test("Another name is not taken, and told; the rest is added", arguments: ["lead", "deal"])
  func otherName(_ kind: String) async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let pipeline = try await company.pipeline("Sales")
    try await owner.call(
      "lead.create", ["title": "Кухня", "contact": ["name": "Ольга", "phone": Self.number]])
    var request: JSONObject = [
      "title": "Шкаф",
      "contact": [
        "name": "Пётр", "phones": [Self.number, "+7 495 111-22-33"], "email": "p@client.example",
      ],
    ]
    if kind == "deal" { request["pipeline"] = .integer(pipeline.id) }
    let card = try await owner.call("\(kind).create", request)
    #expect(kept(card) == ["name"])
    let contact = try await contact(card, owner)
    #expect(contact["name"] == "Ольга" && contact["emails"] == ["p@client.example"])
    #expect(contact["phones"] == [Self.number, "+7 495 111-22-33"])
    // What is there in other letters is no other name, and its own number is none.
    for name in ["ОЛЬГА", "8 916 123 45 67"] as [JSON] {
      request["contact"] = ["name": name, "phone": Self.number]
      let same = try await owner.call("\(kind).create", request)
      #expect(kept(same) == nil)
    }
    #expect(try await self.contact(card, owner)["version"] == contact["version"])
  }

  @Test("Who sees the contact and may not change it is told that it stays")
  func readers() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Sales")
    let seller = try await company.user("seller")
    try await company.give(
      [.view, .create], on: pipeline.id, to: ["user": .integer(seller.id)])
    let first = try await company.owner.call(
      "deal.create",
      ["title": "Кухня", "pipeline": .integer(pipeline.id), "contact": ["phone": Self.number]])
    let card = try await seller.client.call(
      "deal.create",
      [
        "title": "Шкаф", "pipeline": .integer(pipeline.id),
        "contact": ["name": "Ольга", "phone": Self.number, "email": "olga@client.example"],
      ])
    #expect(card["contact"] == first["contact"] && kept(card) == ["name", "emails"])
    let contact = try await contact(card, company.owner)
    #expect(contact["name"] == Self.number && contact["version"] == 1)
    // The right to edit one of its cards is the right to change it.
    try await company.give(
      [.view, .create, .edit], on: pipeline.id, to: ["user": .integer(seller.id)])
    let again = try await seller.client.call(
      "deal.create",
      [
        "title": "Стол", "pipeline": .integer(pipeline.id),
        "contact": ["name": "Ольга", "phone": Self.number],
      ])
    #expect(kept(again) == nil)
    #expect(try await self.contact(card, company.owner)["name"] == "Ольга")
  }

  @Test("Of a contact that the caller does not see nothing is told or changed")
  func unseen() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Sales")
    let seller = try await company.user("seller")
    try await company.give(
      [.view, .create, .edit], on: pipeline.id, to: ["user": .integer(seller.id)], cards: .own)
    let first = try await company.owner.call(
      "deal.create",
      ["title": "Кухня", "pipeline": .integer(pipeline.id), "contact": ["phone": Self.number]])
    let card = try await seller.client.call(
      "deal.create",
      [
        "title": "Шкаф", "pipeline": .integer(pipeline.id),
        "contact": ["name": "Ольга", "phone": Self.number, "email": "olga@client.example"],
      ])
    #expect(card["contact"] != first["contact"] && card["warnings"] == nil)
    #expect(card["repeat"] == true)
    #expect(try await contact(card, seller.client)["name"] == "Ольга")
    #expect(try await contact(first, company.owner)["version"] == 1)
  }

  @Test("Eight requests at once that each tell another address: the contact has all")
  func atOnce() async throws {
    let owner = try await TestInstallation.make().company().owner
    let first = try await owner.call(
      "lead.create", ["title": "Звонок", "contact": ["phone": Self.number]])
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<8 {
        group.addTask {
          try await owner.call(
            "lead.create",
            [
              "title": "Форма",
              "contact": ["phone": Self.number, "email": .string("c\(index)@client.example")],
            ])
        }
      }
      try await group.waitForAll()
    }
    let contact = try await contact(first, owner)
    #expect(contact["emails"]?.array?.count == 8)
  }
}
