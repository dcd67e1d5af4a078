internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

@testable internal import Features

@Suite("card.search")
struct CardSearchTests {
  /// An installation whose words are common ones from so many places on.
  private func company(rare: Int64 = 3000, steps: [Int64] = [3, 10]) async throws -> TestCompany {
    var configuration = FeaturesConfiguration(
      serverVersion: TestInstallation.serverVersion, passwordCost: .least)
    configuration.rareWordPlaces = rare
    configuration.searchSteps = steps
    return try await TestInstallation.make(configuration: configuration).company()
  }

  @Test(
    "A card is found by each thing that tells it, and it is told by which", arguments: [3000, 0])
  func traits(_ rare: Int64) async throws {
    let company = try await company(rare: rare)
    let owner = company.owner
    let pipeline = try await company.pipeline("Услуги")
    for (key, type, isSearchable) in [
      ("address", "text", true), ("contract", "number", true), ("second", "phone", true),
      ("secret", "text", false),
    ] {
      try await owner.call(
        "field.create",
        [
          "for": "deal", "key": .string(key), "name": .string(key), "type": .string(type),
          "searchable": .bool(isSearchable),
        ])
    }
    let client = try await owner.call("company.create", ["name": "ООО «Ромашка»"])
    let deal = try await owner.call(
      "deal.create",
      [
        "pipeline": .integer(pipeline.id), "title": "Кухня «Ёлочка» на заказ",
        "company": .integer(client.id),
        "contact": [
          "name": "Пётр Зайцев", "phone": "8 (916) 123-45-67", "email": "Petr@Client.example",
        ],
        "fields": [
          "address": "Тверская, 7", "contract": 20417, "second": "+7 495 765-43-21",
          "secret": "hidden",
        ],
      ])
    let other = try await owner.call(
      "deal.create", ["pipeline": .integer(pipeline.id), "title": "Шкаф"])
    let cases: [(String, JSON)] = [
      ("кухня", ["title"]), ("ЕЛОЧКА", ["title"]), ("елоч зака", ["title"]),
      ("\(deal.id)", ["number"]), ("зайцев", ["contact"]), ("петр", ["contact"]),
      ("+7 916 123-45-67", ["phone"]), ("89161234567", ["phone"]), ("916 123 45 67", ["phone"]),
      ("8916", ["phone"]), ("petr@client.example", ["email"]), ("PETR@client", ["email"]),
      ("ромашка", ["company"]), ("тверск", ["fields.address"]), ("20417", ["fields.contract"]),
      ("8 495 765 43 21", ["fields.second"]),
      ("ромашка кухня зайц", ["title", "contact", "company"]),
    ]
    for (query, matched) in cases {
      let items = try await owner.searched(query)
      #expect(items.map { $0["card"]?["id"] } == [.integer(deal.id)], "\(query)")
      #expect(items.first?["matched"] == matched, "\(query)")
    }
    let item = try #require(try await owner.searched("кухня").first)
    let card = try await owner.call("deal.get", ["id": .integer(deal.id)]).withoutClocks
    #expect(item["card"] == card)
    #expect(item["contact"]?["name"] == "Пётр Зайцев" && item["contact"]?["id"] == deal["contact"])
    #expect(item["company"] == ["id": .integer(client.id), "name": "ООО «Ромашка»"])
    for query in ["hidden", "ухня", "кухня шкаф", "99999", "8 916 999 99 99", "petr@other.example"]
    {
      #expect(try await owner.found(query) == [], "\(query)")
    }
    #expect(try await owner.found("шкаф") == [other.id])
    #expect(try await owner.searched("шкаф").first?["contact"] == .null)
    for query in ["?!", "a b c d e f g h i"] {
      #expect(try await owner.refusal("card.search", ["query": .string(query)])?.kind == "invalid")
    }
  }

  @Test(
    "Pages are newest first without gaps, by rare words and by common ones", arguments: [3000, 2])
  func pages(_ rare: Int64) async throws {
    let company = try await company(rare: rare)
    let owner = company.owner
    let pipeline = try await company.pipeline("Услуги")
    var kitchens: [Int64] = []
    for number in 0..<40 {
      let isKitchen = number % 3 == 0
      let deal = try await owner.call(
        "deal.create",
        [
          "pipeline": .integer(pipeline.id),
          "title": .string(isKitchen ? "Кухня \(number)" : "Шкаф"),
        ])
      if isKitchen { kitchens.append(deal.id) }
    }
    for limit in [1, 4, 14, 500] as [Int64] {
      #expect(try await owner.found("кухня", limit: limit) == kitchens.reversed(), "\(limit)")
    }
    let lead = try await owner.call("lead.create", ["title": "Кухня"])
    #expect(try await owner.found("кухня") == [lead.id] + kitchens.reversed())
    #expect(try await owner.found("кухня", ["kind": "lead"]) == [lead.id])
    #expect(
      try await owner.found("кухня", ["pipeline": .integer(pipeline.id)]) == kitchens.reversed())
    #expect(try await owner.found("кухня", ["outcome": "won"]) == [])
    let cursor = try await owner.call("card.search", ["query": "кухня", "limit": 1])["next"]
    let refusal = try await owner.refusal(
      "card.search", ["query": "шкаф", "limit": 1, "after": cursor ?? .null])
    #expect(refusal?.kind == "invalid_params")
  }

  @Test("A contact that one entered, and whose cards one may not see, finds nothing")
  func foreignCards() async throws {
    let company = try await company()
    let pipeline = try await company.pipeline("Услуги")
    let seller = try await company.member(
      "seller", .init(pipeline: pipeline.id, actions: ["view", "create"], cards: "own"))
    let contact = try await seller.client.call(
      "contact.create", ["name": "Пётр", "phone": "+7 916 123-45-67"])
    let deal = try await company.owner.call(
      "deal.create",
      [
        "pipeline": .integer(pipeline.id), "title": "Чужая", "contact": .integer(contact.id),
      ])
    for query in ["петр", "8 916 123-45-67", "чужая", "\(deal.id)"] {
      #expect(try await seller.client.found(query) == [], "\(query)")
      #expect(try await company.owner.found(query) == [deal.id], "\(query)")
    }
    try await company.owner.call(
      "deal.assign", ["id": .integer(deal.id), "responsible": .integer(seller.id)])
    #expect(try await seller.client.found("петр") == [deal.id])
    #expect(
      try await seller.client.refusal("card.search", ["query": "x", "pipeline": 99])?.kind
        == "not_found")
  }

  @Test(
    "A field that becomes searchable is found on old cards once they are indexed, and no more after"
  )
  func fields() async throws {
    let company = try await company()
    let owner = company.owner
    let pipeline = try await company.pipeline("Услуги")
    let field = try await owner.call(
      "field.create", ["for": "deal", "key": "address", "name": "Address", "type": "text"])
    #expect(field["searchable"] == false)
    let deal = try await owner.call(
      "deal.create",
      ["pipeline": .integer(pipeline.id), "title": "Кухня", "fields": ["address": "Тверская"]])
    #expect(try await owner.found("тверская") == [])
    let id: JSON = .integer(field.id)
    let updated = try await owner.call("field.update", ["id": id, "searchable": true])
    #expect(updated["searchable"] == true)
    try await company.installation.dispatcher.indexBacklog()
    #expect(try await owner.found("тверская") == [deal.id])
    #expect(try await company.wordFaults() == [])
    try await owner.call("field.update", ["id": id, "searchable": false])
    try await company.installation.dispatcher.indexBacklog()
    #expect(try await owner.found("тверская") == [])
    try await owner.call("field.update", ["id": id, "searchable": true])
    try await company.installation.dispatcher.indexBacklog()
    try await owner.call("field.delete", ["id": id, "delete_values": true])
    try await company.installation.dispatcher.indexBacklog()
    #expect(try await owner.found("тверская") == [])
    #expect(try await company.wordFaults() == [])
    let refusal = try await owner.refusal(
      "field.create",
      ["for": "deal", "key": "done", "name": "Done", "type": "boolean", "searchable": true])
    #expect(refusal?.kind == "invalid")
  }

  @Test("An erased contact is found no more, neither by itself nor by texts of its cards")
  func erasure() async throws {
    let company = try await company()
    let owner = company.owner
    let pipeline = try await company.pipeline("Услуги")
    let deal = try await owner.call(
      "deal.create",
      [
        "pipeline": .integer(pipeline.id), "title": "Кухня для Зайцева, 8 916 123-45-67",
        "contact": ["name": "Зайцева", "phone": "8 916 123-45-67", "email": "z@client.example"],
      ])
    let queries = ["зайцева", "+7 916 123-45-67", "z@client.example"]
    for query in queries { #expect(try await owner.found(query) == [deal.id]) }
    try await owner.call("contact.erase", ["id": deal["contact"] ?? .null])
    for query in queries { #expect(try await owner.found(query) == [], "\(query)") }
    #expect(try await owner.found("кухня") == [deal.id])
    #expect(try await company.wordFaults() == [])
  }
}
