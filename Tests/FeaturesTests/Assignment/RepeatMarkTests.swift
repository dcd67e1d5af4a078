internal import JSON
internal import JSONRPC
internal import SalesRules
internal import TestSupport
internal import Testing

/// S1: a lead whose client is known is marked, and whoever is responsible is told.
@Suite("Marks of known clients", .timeLimit(.minutes(5)))
struct RepeatMarkTests {
  @Test("A lead to which a known client is entered later is a repeat, and that is told")
  func later() async throws {
    let scene = try await EventScene.make()
    let owner = scene.owner
    let earlier = try await owner.call(
      "lead.create", ["title": "Кухня", "contact": ["name": "Пётр", "phone": "+79161234567"]])
    let lead = try await owner.call("lead.create", ["title": "Шкаф"])
    #expect(lead["repeat"] == false)
    let witness = try await scene.witness()
    let marked = try await owner.call(
      "lead.update", ["id": .integer(lead.id), "contact": earlier["contact"] ?? .null])
    #expect(marked["repeat"] == true)
    #expect(try await owner.call("lead.get", ["id": .integer(lead.id)])["repeat"] == true)
    while true {
      let event = try await witness.told.next()
      guard event["name"] == "lead.repeat" else { continue }
      #expect(event["id"] == .integer(lead.id))
      #expect(event["earlier"] == [.integer(earlier.id)])
      break
    }
    // One of whom there are no other cards is none.
    let unknown = try await owner.call("contact.create", ["name": "Анна"])
    let another = try await owner.call(
      "lead.update", ["id": .integer(lead.id), "contact": .integer(unknown.id)])
    #expect(another["repeat"] == false)
  }

  @Test("A client with cards that the caller does not see is known")
  func unseenCards() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Sales")
    let seller = try await company.user("seller")
    try await company.give(
      [.view, .create, .edit], on: pipeline.id, to: ["user": .integer(seller.id)], cards: .own)
    let contact = try await seller.client.call("contact.create", ["name": "Пётр"])
    try await company.owner.call(
      "deal.create",
      ["title": "Кухня", "pipeline": .integer(pipeline.id), "contact": .integer(contact.id)])
    let card = try await seller.client.call(
      "deal.create",
      ["title": "Шкаф", "pipeline": .integer(pipeline.id), "contact": .integer(contact.id)])
    #expect(card["repeat"] == true)
  }

  @Test("A number known as a company's is known, and its company's cards are earlier ones")
  func companies() async throws {
    let scene = try await EventScene.make()
    let owner = scene.owner
    let client = try await owner.call(
      "company.create", ["name": "Ромашка", "phones": ["+7 495 111-22-33"]])
    let deal = try await scene.deal(["company": .integer(client.id)])
    let witness = try await scene.witness()
    let lead = try await owner.call(
      "lead.create", ["title": "Кухня", "contact": ["phone": "8 495 111 22 33"]])
    #expect(lead["repeat"] == true)
    while true {
      let event = try await witness.told.next()
      guard event["name"] == "lead.repeat" else { continue }
      #expect(event["earlier"] == [.integer(deal)])
      break
    }
  }
}
