internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("What a stage keeps")
struct RequiredValueTests {
  @Test("A value that the card's stage demands is not cleared, by whatever member it is changed")
  func kept() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    try await owner.call(
      "field.create", ["for": "deal", "key": "budget", "name": "Бюджет", "type": "number"])
    let pipeline = try await company.pipeline(
      "Услуги",
      stages: [
        ["name": "Новая"],
        ["name": "Смета", "required": ["amount", "budget", "phone|email", "responsible"]],
      ])
    let reachable = try await owner.call(
      "contact.create", ["name": "Пётр", "phone": "+7 916 123-45-67"])
    let other = try await owner.call(
      "contact.create", ["name": "Анна", "email": "anna@client.example"])
    let silent = try await owner.call("contact.create", ["name": "Никто"])
    let deal = try await owner.call(
      "deal.create",
      [
        "pipeline": .integer(pipeline.id), "title": "Кухня", "fields": ["budget": 5],
        "amount": ["amount": "100", "currency": "RUB"], "contact": .integer(reachable.id),
        "stage": .integer(pipeline.stage("Смета")),
      ])
    let id = JSON.integer(deal.id)
    let cases: [(String, String, JSONObject)] = [
      ("deal.update", "amount", ["amount": .null]),
      ("deal.update", "fields.budget", ["fields": ["budget": .null]]),
      ("deal.update", "contact", ["contact": .null]),
      ("deal.update", "contact", ["contact": .integer(silent.id)]),
      ("deal.assign", "responsible", ["responsible": .null]),
    ]
    for (method, path, change) in cases {
      var params = change
      params["id"] = id
      let refusal = try await owner.refusal(method, params)
      #expect(refusal?.kind == "invalid", "\(change)")
      let problem = refusal?["fields"]?[0]
      #expect(problem?["path"] == .string(path), "\(change)")
      #expect(problem?["problem"]?.string?.contains("Смета") == true, "\(change)")
    }
    let both = try await owner.refusal(
      "deal.update", ["id": id, "amount": .null, "fields": ["budget": .null]])
    #expect(both?["fields"]?.array?.count == 2)
    // Another value, and another client who can be reached, are as good.
    let changed = try await owner.call(
      "deal.update", ["id": id, "contact": .integer(other.id), "fields": ["budget": 6]])
    #expect(changed["contact"] == .integer(other.id))
    // What was never there may stay away.
    let early = try await owner.call(
      "deal.create", ["pipeline": .integer(pipeline.id), "title": "Стол"])
    try await owner.call(
      "stage.update", ["id": .integer(pipeline.stage("Новая")), "required": ["amount"]])
    let renamed = try await owner.call(
      "deal.update", ["id": .integer(early.id), "title": "Стол и стулья"])
    #expect(renamed["title"] == "Стол и стулья")
  }
}
