internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

/// Phone numbers as a company's country writes them.
@Suite("Phone numbers at home in other countries")
struct HomeCountryTests {
  private func newYork() async throws -> TestCompany {
    let company = try await TestInstallation.make().company()
    try await company.owner.call("settings.update", ["timezone": "America/New_York"])
    return company
  }

  @Test("In a company of New York an American number is one, however it is written")
  func american() async throws {
    let owner = try await newYork().owner
    try await owner.call(
      "field.create",
      ["for": "lead", "key": "desk", "name": "Desk", "type": "phone", "searchable": true])
    let contact = try await owner.call(
      "contact.create", ["name": "Peter", "phone": "(917) 555-0100"])
    #expect(contact["phone_e164"] == "+19175550100")
    // Kept with its country's code, so that it is the same number for everybody and for ever.
    #expect(contact["phone"] == "+1 (917) 555-0100")
    for spelling in ["917-555-0100", "1 917 555 0100", "+1 917 555 0100", "011 1 917 555 0100"] {
      let number = JSON.string(spelling)
      #expect(try await owner.call("contact.list", ["phone": number]).ids == [contact.id])
      let lead = try await owner.call(
        "lead.create", ["title": "Desk", "contact": ["phone": number]])
      #expect(lead["repeat"] == true && lead["contact"] == .integer(contact.id), "\(spelling)")
      #expect(try await owner.found(spelling).contains(lead.id), "\(spelling)")
    }
    let lead = try await owner.call(
      "lead.create", ["title": "Lamp", "fields": ["desk": "212.555.0142"]])
    #expect(lead["fields"]?["desk"] == "+12125550142")
    #expect(try await owner.found("(212) 555") == [lead.id])
    let wrong = try await owner.refusal("contact.create", ["name": "A", "phone": "(117) 555-0100"])
    #expect(wrong?["fields"]?[0]?["problem"]?.string?.contains("(212) 555-0142") == true)
  }

  @Test("A company that moves keeps its numbers, and reads new ones as its new country writes them")
  func moving() async throws {
    let company = try await newYork()
    let owner = company.owner
    let contact = try await owner.call(
      "contact.create", ["name": "Peter", "phones": ["(917) 555-0100", "+7 495 111-22-33"]])
    let client = try await owner.call(
      "company.create", ["name": "Desks Inc", "phones": ["(212) 555-0142"]])
    try await owner.call("settings.update", ["timezone": "Europe/Moscow"])
    let id = JSON.integer(contact.id)
    let there = try await owner.call("contact.get", ["id": id])
    #expect(there["phones"] == contact["phones"] && there["phone_e164"] == "+19175550100")
    let renamed = try await owner.call("contact.update", ["id": id, "name": "Pete"])
    #expect(renamed["phone_e164"] == "+19175550100")
    #expect(try await owner.call("contact.list", ["phone": "+19175550100"]).ids == [contact.id])
    let kept = contact["phones"]?[0] ?? .null
    let more = try await owner.call(
      "contact.update", ["id": id, "phones": [kept, "8 917 555-01-00"]])
    #expect(more["phones"] == [kept, "8 917 555-01-00"])
    #expect(try await owner.call("contact.list", ["phone": "+79175550100"]).ids == [contact.id])
    let same = try await owner.call(
      "company.update", ["id": .integer(client.id), "name": "Desks"])
    #expect(same["phones"] == client["phones"])
  }

  @Test("Rows of a file are read as the company's country writes numbers")
  func rows() async throws {
    let company = try await newYork()
    let imported = try await ImportedCompany.begin(company)
    try await imported.send(
      "deal",
      [
        [
          "external_id": "1", "title": "Desk", "created_at": "2025-01-10", "stage": "A",
          "contact": ["name": "Peter", "phone": "(917) 555-0100"],
        ]
      ])
    let contacts = try await company.owner.call("contact.list", ["phone": "917 555 0100"])
    #expect(contacts.items.map { $0["phone_e164"] } == ["+19175550100"])
    #expect(contacts.items.map { $0["phone"] } == ["+1 (917) 555-0100"])
  }

  @Test("Parts of numbers are found in the company's cards, and titles of figures beside them")
  func parts() async throws {
    let owner = try await TestInstallation.make().company().owner
    let plan = try await owner.call("lead.create", ["title": "План 2024 15"])
    let lead = try await owner.call(
      "lead.create",
      ["title": "Кухня", "contact": ["name": "Пётр", "phone": "+7 937 123-45-96"]])
    let other = try await owner.call(
      "lead.create",
      ["title": "Шкаф", "contact": ["name": "Иван", "phone": "+20 241 500 0000"]])
    for query in [
      "8 937", "8 (937) 123", "+7 937 123", "937 123 45", "1234596", "123-45-96",
      "tel: +7 937 123-45-96",
    ] {
      let items = try await owner.searched(query)
      #expect(items.compactMap { $0["card"]?["id"]?.int64 } == [lead.id], "\(query)")
      #expect(items.first?["matched"] == ["phone"], "\(query)")
    }
    #expect(try await owner.found("2024 15") == [other.id, plan.id])
    #expect(try await owner.found("План 2024") == [plan.id])
    #expect(try await owner.found("\(plan.id)").contains(plan.id))
  }
}
