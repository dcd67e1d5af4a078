internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("What stages keep of contacts")
struct ContactDemandTests {
  private struct Scene {
    let company: TestCompany
    let pipeline: JSON
    let contact: JSON
    let deal: JSON
    var owner: TestClient { company.owner }

    /// A deal of a contact with a number in a stage that demands a number or an address.
    static func make(_ required: JSON = ["phone|email"]) async throws -> Scene {
      let company = try await TestInstallation.make().company()
      let pipeline = try await company.pipeline(
        "Услуги", stages: [["name": "Новая"], ["name": "Встреча", "required": required]])
      let contact = try await company.owner.call(
        "contact.create", ["name": "Пётр", "phone": "+7 916 123-45-67"]
      ).id
      let deal = try await company.owner.call(
        "deal.create",
        [
          "pipeline": .integer(pipeline.id), "title": "Кухня", "contact": .integer(contact),
          "source": "site", "stage": .integer(pipeline.stage("Встреча")),
        ]
      ).id
      return Scene(
        company: company, pipeline: pipeline, contact: .integer(contact), deal: .integer(deal))
    }
  }

  @Test("The last number is not taken from a contact while an open card's stage demands one")
  func kept() async throws {
    let scene = try await Scene.make()
    for change in [["phone": .null], ["phones": []], ["phones": .null]] as [JSONObject] {
      var params = change
      params["id"] = scene.contact
      let refusal = try await scene.owner.refusal("contact.update", params)
      #expect(refusal?.code == 1022)
      let problem = refusal?["fields"]?[0]
      #expect(problem?["path"] == "phone")
      let text = problem?["problem"]?.string ?? ""
      #expect(text.contains("Встреча") && text.contains("deal \(scene.deal)"))
    }
    // An address instead is as good, and so is another number.
    try await scene.owner.call(
      "contact.update", ["id": scene.contact, "phone": .null, "email": "petr@client.example"])
    try await scene.owner.call(
      "contact.update", ["id": scene.contact, "email": .null, "phone": "+7 916 123-45-68"])
    // In another stage nothing is demanded.
    try await scene.owner.call(
      "deal.move", ["id": scene.deal, "stage": .integer(scene.pipeline.stage("Новая"))])
    let bare = try await scene.owner.call(
      "contact.update", ["id": scene.contact, "phone": .null])
    #expect(bare["phone"] == .null)
  }

  @Test("A closed card demands nothing, nor does one that meets the demand by a value of its own")
  func met() async throws {
    let scene = try await Scene.make(["phone|source"])
    try await scene.owner.call("contact.update", ["id": scene.contact, "phone": .null])
    let other = try await Scene.make()
    let reason = try await other.owner.call("reason.create", ["kind": "loss", "name": "Дорого"])
    try await other.owner.call(
      "deal.lose", ["id": other.deal, "reason": .integer(reason.id), "comment": "Так"])
    try await other.owner.call("contact.update", ["id": other.contact, "phone": .null])
  }

  @Test("Of cards that a member does not see a refusal tells nothing")
  func unseen() async throws {
    let scene = try await Scene.make()
    let own = try await scene.company.pipeline("Аренда", stages: [["name": "A"]])
    let member = try await scene.company.member(
      "b", .init(pipeline: own.id, actions: ["view", "edit"]))
    try await scene.owner.call(
      "deal.create",
      ["pipeline": .integer(own.id), "title": "Стол", "contact": scene.contact])
    let bare = try await member.client.call(
      "contact.update", ["id": scene.contact, "phone": .null])
    #expect(bare["phone"] == .null)
  }

  @Test("Lines that are taken away leave the amount that a stage demands")
  func lines() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let pipeline = try await company.pipeline(
      "Услуги", stages: [["name": "Новая"], ["name": "Смета", "required": ["amount"]]])
    let product = try await owner.call(
      "product.create", ["name": "Стол", "price": ["amount": "10", "currency": "RUB"]]
    ).id
    let deal = JSON.integer(
      try await owner.call(
        "deal.create", ["pipeline": .integer(pipeline.id), "title": "Кухня"]
      ).id)
    try await owner.call(
      "deal.set_lines", ["id": deal, "lines": [["product": .integer(product), "quantity": 1]]])
    try await owner.call(
      "deal.move", ["id": deal, "stage": .integer(pipeline.stage("Смета"))])
    let emptied = try await owner.call("deal.set_lines", ["id": deal, "lines": []])
    #expect(emptied["amount"]?["amount"] == "10.00")
    #expect(try await owner.refusal("deal.update", ["id": deal, "amount": .null])?.code == 1022)
  }
}
