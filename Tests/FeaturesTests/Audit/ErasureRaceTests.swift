internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

/// What is written of a client while their data are being erased.
@Suite("Erasure of a contact beside writes")
struct ErasureRaceTests {
  private static let number: JSON = "+7 916 765-43-21"

  private func lead(_ owner: TestClient) async throws -> JSON {
    try await owner.call(
      "lead.create",
      ["title": "Эраз Эразов", "contact": ["name": "Эраз Эразов", "phone": Self.number]])
  }

  private func names(_ contact: JSON, _ owner: TestClient) async throws -> [String] {
    try await owner.all("lead.list", ["contact": contact]).compactMap { $0["title"]?.string }
      .filter { $0.contains("Эраз") }
  }

  @Test("A lead of the client that is being written loses the name as well")
  func underWay() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let contact = try #require(try await lead(owner)["contact"])
    let (_, answer) = try await company.withHeld(
      TestCompany.heldContact, contact.int64 ?? 0, first: { try await lead(owner) },
      second: { try await owner.call("contact.erase", ["id": contact]) })
    #expect(answer["cards"] == 2)
    #expect(try await names(contact, owner) == [])
  }

  @Test("A note that is being written on the client's card loses the name as well")
  func note() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let lead = try await lead(owner)
    let contact = try #require(lead["contact"])
    let (_, answer) = try await company.withHeld(
      TestCompany.heldCard, lead.id,
      first: {
        try await owner.call(
          "note.add", ["card": .integer(lead.id), "text": "Эраз Эразов просит перезвонить"])
      }, second: { try await owner.call("contact.erase", ["id": contact]) })
    #expect(answer["notes"] == 1)
    let notes = try await owner.call("note.list", ["card": .integer(lead.id)])
    #expect(notes.texts("text").allSatisfy { !$0.contains("Эраз") })
  }

  @Test("Of leads that come beside it, those of the erased contact bear no name")
  func rush() async throws {
    let owner = try await TestInstallation.make().company().owner
    for _ in 0..<3 {
      let contact = try #require(try await lead(owner)["contact"])
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<10 { group.addTask { _ = try await lead(owner) } }
        group.addTask { try await owner.call("contact.erase", ["id": contact]) }
        try await group.waitForAll()
      }
      #expect(try await names(contact, owner) == [])
    }
  }
}
