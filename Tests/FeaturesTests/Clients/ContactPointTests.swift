internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

/// Several phone numbers and e-mail addresses of a client.
@Suite("Numbers and addresses of clients")
struct ContactPointTests {
  @Test("A contact keeps several numbers and addresses, the first of which are phone and email")
  func several() async throws {
    let owner = try await TestInstallation.make().company().owner
    let contact = try await owner.call(
      "contact.create",
      [
        "name": "Пётр", "phone": "8 (916) 123-45-67",
        "phones": ["+7 916 123 45 67", "+44 20 7946 0958"],
        "emails": ["Petr@Client.EXAMPLE", "petr@home.example"],
      ])
    #expect(contact["phone"] == "8 (916) 123-45-67")
    #expect(contact["phones"] == ["8 (916) 123-45-67", "+44 20 7946 0958"])
    #expect(contact["email"] == "Petr@client.example")
    #expect(contact["emails"] == ["Petr@client.example", "petr@home.example"])
    let id = JSON.integer(contact.id)
    for filter in [
      ["phone": "+44 20 7946-0958"], ["phone": "89161234567"], ["email": "PETR@home.example"],
    ] as [JSONObject] {
      #expect(try await owner.call("contact.list", filter).ids == [contact.id])
    }
    // The first one changes alone; the lists change all.
    let first = try await owner.call("contact.update", ["id": id, "phone": "+7 495 111-22-33"])
    #expect(first["phones"] == ["+7 495 111-22-33", "+44 20 7946 0958"])
    #expect(try await owner.call("contact.list", ["phone": "89161234567"]).ids == [])
    let cleared = try await owner.call("contact.update", ["id": id, "phone": nil, "emails": []])
    #expect(cleared["phones"] == ["+44 20 7946 0958"] && cleared["emails"] == [])
    let all = try await owner.call("contact.update", ["id": id, "phones": ["+7 916 000-00-01"]])
    #expect(all["phone_e164"] == "+79160000001")
    #expect(try await owner.call("contact.get", ["id": id]) == all)
    let both = try await owner.refusal(
      "contact.update", ["id": id, "phone": "+79160000002", "phones": []])
    #expect(both?.kind == "invalid")
    let wrong = try await owner.refusal(
      "contact.create", ["name": "A", "phones": ["12"], "emails": ["a@b.example", "b"]])
    #expect(wrong?["fields"]?.array?.map { $0["path"] } == ["phones[0]", "emails[1]"])
  }

  @Test("A request is of the contact that has any of its numbers, and its cards are found by each")
  func requests() async throws {
    let owner = try await TestInstallation.make().company().owner
    let lead = try await owner.call(
      "lead.create",
      [
        "title": "Кухня",
        "contact": ["name": "Пётр", "phones": ["+79161234567", "+79161234568"]],
      ])
    let again = try await owner.call(
      "lead.create", ["title": "Шкаф", "contact": ["phone": "8 916 123-45-68"]])
    #expect(again["contact"] == lead["contact"] && again["repeat"] == true)
    let found = try await owner.call("card.search", ["query": "8 (916) 123-45-68"])
    #expect(Set(found.items.compactMap { $0["card"]?["id"]?.int64 }) == [lead.id, again.id])
    let other = try await owner.call(
      "lead.create", ["title": "Стол", "contact": ["phone": "+79161234569"]])
    #expect(other["contact"] != lead["contact"] && other["repeat"] == false)
  }

  @Test("A new contact is told which of those one sees have its number, and of no others")
  func duplicates() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Sales")
    let seller = try await company.user("seller")
    try await company.owner.call(
      "grant.give",
      [
        "pipeline": .integer(pipeline.id), "to": ["user": .integer(seller.id)],
        "actions": ["view", "create", "edit"], "cards": "own",
      ])
    let hidden = try await company.owner.call(
      "contact.create", ["name": "Hidden", "phone": "+79161234567"])
    let first = try await seller.client.call(
      "contact.create", ["name": "First", "phones": ["+79160000001", "+79161234567"]])
    #expect(first["duplicates"] == [])
    let second = try await seller.client.call(
      "contact.create", ["name": "Second", "phone": "89161234567"])
    #expect(second["duplicates"] == [.integer(first.id)])
    let seen = try await seller.client.call("contact.duplicates")
    #expect(seen.items.count == 1)
    #expect(seen.items[0]["id"] == .integer(first.id))
    #expect(seen.items[0]["duplicate"]?["id"] == .integer(second.id))
    #expect(seen.items[0]["by"] == ["phone"])
    #expect(
      try await seller.client.refusal("contact.duplicates", ["id": .integer(hidden.id)])?.kind
        == "not_found")
    // The owner sees three pairs, page by page.
    var pairs = 0
    var parameters: JSONObject = ["limit": 1]
    while true {
      let page = try await company.owner.call("contact.duplicates", parameters)
      pairs += page.items.count
      guard let next = page["next"], next != .null else { break }
      parameters["after"] = next
    }
    #expect(pairs == 3)
    let ofOne = try await company.owner.call("contact.duplicates", ["id": .integer(second.id)])
    #expect(ofOne.items.compactMap { $0["duplicate"]?["id"]?.int64 } == [hidden.id, first.id])
  }

  @Test("Companies are the same by name without its legal form, by number and by address")
  func companies() async throws {
    let owner = try await TestInstallation.make().company().owner
    let first = try await owner.call(
      "company.create", ["name": "ООО «Ромашка»", "phones": ["8 495 111-22-33"]])
    #expect(first["phones"] == ["8 495 111-22-33"])
    let second = try await owner.call("company.create", ["name": "Ромашка, ООО"])
    let third = try await owner.call(
      "company.create", ["name": "Лютик", "phones": ["+7 495 111 22 33"]])
    let pairs = try await owner.call("company.duplicates", ["id": .integer(first.id)]).items
    #expect(pairs.compactMap { $0["duplicate"]?["id"]?.int64 } == [second.id, third.id])
    #expect(pairs.map { $0["by"] } == [["name"], ["phone"]])
  }
}
