internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

/// S1: name and phone are asked for first.
@Suite("A contact's name that a stage requires")
struct ContactNameTests {
  @Test(
    "What is only the contact's own number or address is no name",
    arguments: [
      ["phone": "+7 916 123-45-67"], ["email": "petr@client.example"],
      ["name": "8 (916) 123 45 67", "phone": "+7 916 123-45-67"],
      ["name": "+79161234567", "phones": ["+7 495 111-22-33", "8 916 123 45 67"]],
      ["name": "Petr@Client.example", "email": "petr@client.example"],
    ] as [JSON])
  func unnamed(_ contact: JSON) async throws {
    let floor = try await SalesFloor.make()
    let lead = try await floor.lead("Кухня", ["contact": contact])
    let id = JSON.integer(lead.id)
    let stages = floor.leads["stages"]?.array ?? []
    let transfer = try #require(
      stages.first { $0["transfers_to"]?.int64 != nil }?["id"])
    let move: JSONObject = ["id": id, "stage": transfer]
    let client = floor.first.client
    let refusal = try await client.refusal("lead.move", move)
    #expect(refusal?.kind == "stage_rule")
    #expect(refusal?["missing"]?.array?.contains("name") == true, "\(String(describing: refusal))")
    // Who has been asked is handed over.
    let named = try await client.call(
      "contact.update", ["id": lead["contact"] ?? .null, "name": "Пётр"])
    #expect(named["name"] == "Пётр")
    let moved = try await client.call("lead.move", move)
    #expect(moved["deal"]?["id"]?.int64 != nil)
  }

  @Test("A new card in a stage that requires the name, and one of a known contact, ask for it too")
  func created() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let pipeline = try await company.pipeline(
      "Кухни", stages: [["name": "A", "required": ["name"]], ["name": "B"]])
    let create = { (contact: JSON) -> JSONObject in
      ["title": "Кухня", "pipeline": .integer(pipeline.id), "contact": contact]
    }
    let known = try await owner.call(
      "contact.create", ["name": "+7 916 123-45-67", "phone": "8 916 123 45 67"])
    // It stays as it is.
    #expect(known["name"] == "+7 916 123-45-67")
    for contact in [
      ["phone": "+7 916 000-00-01"], ["phone": "+7 916 123 45 67"], .integer(known.id),
    ] as [JSON] {
      let refusal = try await owner.refusal("deal.create", create(contact))
      #expect(refusal?.kind == "stage_rule", "\(contact)")
    }
    let deal = try await owner.call(
      "deal.create", create(["name": "Пётр", "phone": "+7 916 000-00-01"]))
    #expect(deal["contact"]?.int64 != nil)
  }
}
