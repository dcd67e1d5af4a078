internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("Converting leads")
struct ConversionTests {
  @Test("The first line hands a lead over into a pipeline it does not see, and learns only the id")
  func handOver() async throws {
    let floor = try await SalesFloor.make()
    let lead = try await floor.lead()
    try await floor.first.client.call(
      "note.add", ["card": lead["id"] ?? .null, "text": "Хочет до Нового года"])
    let converted = try await floor.first.client.call(
      "lead.convert", ["id": lead["id"] ?? .null, "pipeline": floor.services["id"] ?? .null])
    #expect(converted["lead"]?["outcome"] == "won")
    let deal = try #require(converted["deal"]?.object)
    #expect(deal.members.map(\.name) == ["id"])
    let id = try #require(deal["id"])
    let seen = try await floor.servicesSeller.client.call("deal.get", ["id": id])
    #expect(seen["based_on"] == lead["id"])
    #expect(seen["contact"] == lead["contact"])
    #expect(seen["responsible"] == .integer(floor.servicesSeller.id))
    let notes = try await floor.servicesSeller.client.call("note.list", ["card": id])
    #expect(notes["items"]?[0]?["text"] == "Хочет до Нового года")
    #expect(try await floor.first.client.refusal("deal.get", ["id": id])?.kind == "not_found")
    #expect(
      try await floor.generalSeller.client.refusal("deal.get", ["id": id])?.kind == "not_found")
  }

  @Test("Eight conversions of one lead at once make one deal, and each is told of it")
  func once() async throws {
    let floor = try await SalesFloor.make()
    let lead = try await floor.lead()
    let told = try await withThrowingTaskGroup(of: Int64.self) { group in
      for _ in 0..<8 {
        group.addTask {
          try await floor.first.client.call(
            "lead.convert",
            ["id": lead["id"] ?? .null, "pipeline": floor.general["id"] ?? .null])["deal"]?.id ?? 0
        }
      }
      return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
    }
    #expect(told.count == 1)
    let deals = try await floor.company.owner.call("deal.list")
    #expect(deals["items"]?.array?.count == 1)
  }

  @Test("Without the right to create in the target there is no conversion")
  func withoutCreate() async throws {
    let floor = try await SalesFloor.make()
    let other = try await floor.company.pipeline("Другое")
    let lead = try await floor.lead()
    let refusal = try await floor.first.client.refusal(
      "lead.convert", ["id": lead["id"] ?? .null, "pipeline": other["id"] ?? .null])
    #expect(refusal?.kind == "not_found")
    #expect(
      try await floor.first.client.call("lead.get", ["id": lead["id"] ?? .null])["outcome"]
        == "open")
  }

  @Test("A lead whose phone is known is marked as repeat and keeps the contact")
  func repeatLead() async throws {
    let floor = try await SalesFloor.make()
    let first = try await floor.lead()
    #expect(first["repeat"] == false)
    let again = try await floor.first.client.call(
      "lead.create", ["title": "Шкаф", "contact": ["phone": "8 (916) 123 45 67"]])
    #expect(again["repeat"] == true)
    #expect(again["contact"] == first["contact"])
  }
}
