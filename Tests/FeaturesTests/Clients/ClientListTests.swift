internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@testable internal import Features

@Suite("Finding clients in their lists")
struct ClientListTests {
  private func company(rare: Int64) async throws -> TestCompany {
    var configuration = FeaturesConfiguration(
      serverVersion: TestInstallation.serverVersion, passwordCost: .least)
    configuration.rareWordPlaces = rare
    return try await TestInstallation.make(configuration: configuration).company()
  }

  private static let names = [
    "ООО «Ромашка»", "ООО Роза", "ооо роза и сыновья", "Ёлочный двор", "Елка", "Анна  Ли", "анна",
    "100 %",
    "İstanbul", "А_б",
  ]

  @Test(
    "Names are found by how they begin, in small or capital letters, whatever letter is how common",
    arguments: ["contact", "company"], [3000, 2, 0] as [Int64])
  func names(_ noun: String, _ rare: Int64) async throws {
    let company = try await company(rare: rare)
    let owner = company.owner
    var ids: [String: Int64] = [:]
    for name in Self.names {
      ids[name] = try await owner.call("\(noun).create", ["name": .string(name)]).id
    }
    let found = { (beginning: String) in
      try await owner.all("\(noun).list", ["name": .string(beginning), "limit": 1]).map(\.id)
    }
    let cases: [(String, [String])] = [
      ("ооо", ["ООО «Ромашка»", "ООО Роза", "ооо роза и сыновья"]),
      ("ООО РОЗА", ["ООО Роза", "ооо роза и сыновья"]), ("Ё", ["Ёлочный двор"]),
      ("анна", ["Анна  Ли", "анна"]), ("анна  л", ["Анна  Ли"]), ("роза", []), ("%", []), ("_", []),
      ("100 %", ["100 %"]), ("А_", ["А_б"]),
      ("Анна  Ли из очень далёкого города за семью морями и семью высокими горами", []),
    ]
    for (beginning, names) in cases {
      #expect(try await found(beginning) == names.compactMap { ids[$0] }, "\(beginning)")
    }
    // By its new name it is found at once, and by the old one no more.
    try await owner.call(
      "\(noun).update", ["id": .integer(ids["Елка"] ?? 0), "name": "Пихта"])
    #expect(try await found("елка") == [])
    #expect(try await found("пих") == [ids["Елка"]])
    #expect(try await company.wordFaults() == [])
  }

  @Test(
    "A company is found by each of its numbers and addresses in any spelling, by who may see it")
  func points() async throws {
    let company = try await company(rare: 3000)
    let owner = company.owner
    let made = try await owner.call(
      "company.create",
      [
        "name": "Ромашка", "phones": ["8 (916) 123-45-67", "+49 30 1234567"],
        "emails": ["Info@Romashka.example", "sales@romashka.example"],
      ])
    try await owner.call("company.create", ["name": "Роза", "phones": ["8 916 123-45-68"]])
    let pipeline = try await company.pipeline("Кухни", stages: [["name": "A"]])
    let seller = try await company.member(
      "seller", .init(pipeline: pipeline.id, actions: ["view", "create"], cards: "own"))
    for filter: JSONObject in [
      ["phone": "+7 916 123 45 67"], ["phone": "89161234567"], ["phone": "+49301234567"],
      ["email": "info@romashka.example"], ["email": "SALES@romashka.example", "name": "ром"],
      ["phone": "89161234567", "email": "info@romashka.example"],
    ] {
      #expect(try await owner.call("company.list", filter).ids == [made.id], "\(filter)")
      #expect(try await seller.client.call("company.list", filter).ids == [], "\(filter)")
    }
    for filter: JSONObject in [
      ["phone": "+7 916 123 45 67", "name": "роз"], ["email": "romashka.example@info.example"],
      ["phone": "89161234567", "email": "nobody@romashka.example"],
    ] {
      #expect(try await owner.call("company.list", filter).ids == [], "\(filter)")
    }
    let refusal = try await owner.refusal("company.list", ["phone": "abc"])
    #expect(refusal?.kind == "invalid" && refusal?.message.contains("phone") == true)
    // With a card of it the seller sees it, by name as by number.
    try await owner.call(
      "deal.create",
      [
        "pipeline": .integer(pipeline.id), "title": "T", "company": .integer(made.id),
        "responsible": .integer(seller.id),
      ])
    for filter: JSONObject in [["phone": "89161234567"], ["name": "ром"]] {
      #expect(try await seller.client.call("company.list", filter).ids == [made.id], "\(filter)")
    }
    #expect(try await seller.client.call("company.list", ["name": "роз"]).ids == [])
  }
}
