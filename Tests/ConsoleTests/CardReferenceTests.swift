import JSON
import TestSupport
import Testing
import VoronkaClient

@testable import Console

/// What a card refers to is told by name.
@Suite(.timeLimit(.minutes(3))) struct CardReferenceTests {
  @Test func `A card and its history tell names where the server has ids`() async throws {
    let shop = try await Shop.make()
    let contact = try await shop.owner.call(
      "contact.create", ["name": "Petr", "phone": "+79161234567"])
    let company = try await shop.owner.call("company.create", ["name": "Romashka"])
    let id: JSON = .integer(shop.deal)
    _ = try await shop.owner.call(
      "deal.update",
      ["id": id, "contact": contact["id"] ?? .null, "company": company["id"] ?? .null])
    _ = try await shop.owner.call("deal.assign", ["id": id, "responsible": .null])
    _ = try await shop.run(
      DealCloseCommand(.lose, id: shop.deal, reason: "Too dear", comment: "Away"))
    let shown = try await shop.run(DealShowCommand(id: shop.deal)).output
    for name in ["Petr (1)", "Romashka (1)", "Too dear (1)"] {
      #expect(shown.contains(name), "\(name) in \(shown)")
    }
    let history = try await shop.run(DealHistoryCommand(id: shop.deal)).output
    #expect(history.contains("contact, company") || history.contains("company, contact"))
    #expect(history.contains("New → Lost  after 0s") || history.contains("after "), "\(history)")
    #expect(!history.contains("stayed_s") && !history.contains("from_user"), "\(history)")
    let exact = try await shop.run(DealShowCommand(id: shop.deal), output: .json).output
    #expect(try JSONReader().read(exact)["contact"] == 1)
  }
}
