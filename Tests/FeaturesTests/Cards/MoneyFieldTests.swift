internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("Fields of money")
struct MoneyFieldTests {
  @Test("A field of money holds the company's currency, and is looked for in it, as amounts are")
  func currency() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let pipeline = try await company.pipeline("Мебель", stages: [["name": "A"]])
    try await owner.call(
      "field.create", ["for": "deal", "key": "budget", "name": "Бюджет", "type": "money"])
    let rubles: JSON = ["amount": "100.00", "currency": "RUB"]
    let dollars: JSON = ["amount": "100.00", "currency": "USD"]
    var request: JSONObject = [
      "title": "Кухня", "pipeline": .integer(pipeline.id), "fields": ["budget": dollars],
    ]
    let refusal = try await owner.refusal("deal.create", request)
    #expect(refusal?.kind == "invalid")
    #expect(refusal?["fields"]?[0]?["path"] == "fields.budget.currency")
    request["fields"] = ["budget": rubles]
    let deal = try await owner.call("deal.create", request)
    let change = try await owner.refusal(
      "deal.update", ["id": .integer(deal.id), "fields": ["budget": dollars]])
    #expect(change?.kind == "invalid")
    for (filter, ids) in [
      (rubles, [deal.id]), (["any": [rubles]], [deal.id]), (["from": rubles], [deal.id]),
    ] as [(JSON, [Int64])] {
      #expect(try await owner.call("deal.list", ["fields": ["budget": filter]]).ids == ids)
    }
    for filter in [dollars, ["any": [rubles, dollars]], ["from": dollars], ["to": dollars]]
      as [JSON]
    {
      #expect(
        try await owner.refusal("deal.list", ["fields": ["budget": filter]])?.kind == "invalid")
    }
  }
}
