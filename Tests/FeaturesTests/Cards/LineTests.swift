internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

@testable internal import Features

@Suite("What is sold with a deal")
struct LineTests {
  private struct Shop {
    let company: TestCompany
    let pipeline: JSON
    let table: Int64
    let chair: Int64
    let deal: JSON
    var owner: TestClient { company.owner }

    static func make() async throws -> Shop {
      let company = try await TestInstallation.make().company()
      let pipeline = try await company.pipeline(
        "Мебель", stages: [["name": "Новая"], ["name": "Договор"]])
      let owner = company.owner
      let product = { (name: JSON, price: JSON) in
        try await owner.call("product.create", ["name": name, "price": price]).id
      }
      return Shop(
        company: company, pipeline: pipeline, table: try await product("Стол", rubles("9900.50")),
        chair: try await product("Стул", .null),
        deal: .integer(
          try await owner.call(
            "deal.create", ["pipeline": .integer(pipeline.id), "title": "Кухня"]
          ).id))
    }

    /// Whether each deal says that it has lines.
    func marked() async throws -> String {
      let database = company.installation.database
      return try await database.connected(as: database.superuser) { connection in
        try await connection.executeScript(
          """
          select string_agg(case when has_lines then 't' else 'f' end, ',' order by id)
          from voronka.card
          where tenant_id = \(company.id) and kind = 'deal'
          """)[0][0].string(0)
      }
    }

    func set(_ lines: JSON, _ more: JSONObject = [:]) -> JSONObject {
      var parameters: JSONObject = ["id": deal, "lines": lines]
      for member in more.members { parameters[member.name] = member.value }
      return parameters
    }
  }

  private static func rubles(_ amount: String) -> JSON {
    ["amount": .string(amount), "currency": "RUB"]
  }

  @Test("Lines keep the product's name and price of their time, and the amount is their exact sum")
  func sums() async throws {
    let shop = try await Shop.make()
    let lines: JSON = [
      ["product": .integer(shop.table), "quantity": 2, "discount": 7.5],
      ["product": .integer(shop.chair), "quantity": 0.125, "price": Self.rubles("0.36")],
    ]
    let answer = try await shop.owner.call("deal.set_lines", shop.set(lines))
    // 2 × 9900.50 × 0.925 = 18315.925, and 0.125 × 0.36 = 0.045: halves go up.
    #expect(answer["lines"]?[0]?["amount"] == Self.rubles("18315.93"))
    #expect(answer["lines"]?[1]?["amount"] == Self.rubles("0.05"))
    #expect(answer["amount"] == Self.rubles("18315.98"))
    #expect(answer["lines"]?[0]?["quantity"] == 2 && answer["lines"]?[0]?["discount"] == 7.5)
    try await shop.owner.call(
      "product.update",
      ["id": .integer(shop.table), "name": "Стол-2", "price": Self.rubles("1")])
    let got = try await shop.owner.call("deal.get", ["id": shop.deal])
    #expect(got.withoutClocks == answer)
    #expect(got["lines"]?[0]?["name"] == "Стол")
    #expect(got["lines"]?[0]?["price"] == Self.rubles("9900.50"))
    // Said once more as it is: the new price of the table, which is another line.
    let again = try await shop.owner.call("deal.set_lines", shop.set(lines))
    #expect(again["lines"]?[0]?["name"] == "Стол-2")
    let change = try await shop.owner.call("deal.history", ["id": shop.deal]).items.last
    #expect(change?["details"]?["amount_before"] == "18315.98")
    #expect(change?["details"]?["amount_after"] == "1.90")
    #expect(change?["details"]?["lines"]?["removed"]?.array?.count == 1)
    #expect(change?["details"]?["lines"]?["added"]?[0]?["name"] == "Стол-2")
    #expect(try await shop.owner.call("deal.set_lines", shop.set(lines)) == again)
  }

  @Test("While there are lines the amount is changed by them alone; without them it is free")
  func amount() async throws {
    let shop = try await Shop.make()
    let line: JSON = [["product": .integer(shop.table), "quantity": 1]]
    try await shop.owner.call("deal.set_lines", shop.set(line))
    let update: JSONObject = ["id": shop.deal, "amount": Self.rubles("5")]
    let refusal = try await shop.owner.refusal("deal.update", update)
    #expect(refusal?.kind == "invalid" && refusal?.message.contains("deal.set_lines") == true)
    #expect(
      try await shop.owner.refusal("deal.update", ["id": shop.deal, "amount": .null])?.kind
        == "invalid")
    // The same amount is no change, and other values are free.
    try await shop.owner.call(
      "deal.update", ["id": shop.deal, "amount": Self.rubles("9900.50"), "title": "Стол"])
    let none = try await shop.owner.call("deal.set_lines", shop.set([]))
    #expect(none["lines"] == [] && none["amount"] == Self.rubles("9900.50"))
    #expect(try await shop.owner.call("deal.update", update)["amount"] == Self.rubles("5.00"))
  }

  @Test("What is wrong with lines is told by its place, and nothing is written")
  func problems() async throws {
    let shop = try await Shop.make()
    let (table, chair) = (JSON.integer(shop.table), JSON.integer(shop.chair))
    let wrong: [(JSON, String)] = [
      ([["product": table, "quantity": 0]], "invalid_params"),
      ([["product": table, "quantity": 1.0005]], "invalid_params"),
      ([["product": table, "quantity": -1]], "invalid_params"),
      ([["product": table, "quantity": 1, "discount": 100.01]], "invalid_params"),
      ([["product": chair, "quantity": 1]], "invalid"),
      (
        [["product": table, "quantity": 1, "price": ["amount": "1", "currency": "USD"]]], "invalid"
      ),
      (
        [
          [
            "product": table, "quantity": 999_999_999,
            "price": Self.rubles("9999999999999999.99"),
          ]
        ], "invalid"
      ),
      ([["product": 999, "quantity": 1]], "not_found"),
      (.array(Array(repeating: ["product": table, "quantity": 1], count: 201)), "invalid_params"),
    ]
    for (lines, kind) in wrong {
      #expect(
        try await shop.owner.refusal("deal.set_lines", shop.set(lines))?.kind == kind, "\(lines)")
    }
    let deal = try await shop.owner.call("deal.get", ["id": shop.deal])
    #expect(deal["version"] == 1 && deal["lines"] == nil)
    let most: JSON = .array(Array(repeating: ["product": table, "quantity": 1], count: 200))
    let full = try await shop.owner.call("deal.set_lines", shop.set(most))
    #expect(full["amount"] == Self.rubles("1980100.00"))
    #expect(
      try await shop.owner.refusal("deal.set_lines", shop.set([], ["if_version": 1]))?.kind
        == "conflict")
    let lead = try await shop.owner.call("lead.create", ["title": "Заявка"])
    #expect(
      try await shop.owner.refusal(
        "deal.set_lines", ["id": .integer(lead.id), "lines": []])?.kind == "not_found")
    #expect(try await shop.owner.call("lead.get", ["id": .integer(lead.id)])["lines"] == nil)
  }

  @Test("A copy takes the lines along, unless it is given an amount of its own")
  func copies() async throws {
    let shop = try await Shop.make()
    try await shop.owner.call(
      "deal.set_lines", shop.set([["product": .integer(shop.table), "quantity": 3]]))
    let second = try await shop.company.pipeline("Монтаж", stages: [["name": "Новая"]])
    let third = try await shop.company.pipeline("Сервис", stages: [["name": "Новая"]])
    let copy = try await shop.owner.call(
      "deal.copy", ["id": shop.deal, "pipeline": .integer(second.id)])
    let made = try await shop.owner.call(
      "deal.get", ["id": .integer(copy["deal"]?.id ?? 0)])
    let origin = try await shop.owner.call("deal.get", ["id": shop.deal])
    #expect(made["lines"] == origin["lines"] && made["lines"]?.array?.count == 1)
    #expect(made["amount"] == origin["amount"])
    let other = try await shop.owner.call(
      "deal.copy",
      ["id": shop.deal, "pipeline": .integer(third.id), "amount": Self.rubles("1")])
    let free = try await shop.owner.call(
      "deal.get", ["id": .integer(other["deal"]?.id ?? 0)])
    #expect(free["lines"] == nil && free["amount"] == Self.rubles("1.00"))
  }

  @Test(
    "Deals say whether they have lines, whatever was done with these, and after a company arrived")
  func marks() async throws {
    let shop = try await Shop.make()
    let line: JSON = [["product": .integer(shop.table), "quantity": 3]]
    try await shop.owner.call("deal.set_lines", shop.set(line))
    let second = try await shop.company.pipeline("Монтаж", stages: [["name": "Новая"]])
    try await shop.owner.call("deal.copy", ["id": shop.deal, "pipeline": .integer(second.id)])
    try await shop.owner.call("deal.set_lines", shop.set([]))
    let none = try await shop.owner.call(
      "deal.create", ["pipeline": .integer(second.id), "title": "Без строк"])
    #expect(try await shop.marked() == "f,t,f")
    // What a file from elsewhere may say, which tells the truth by its lines.
    let database = shop.company.installation.database
    try await database.connected(as: database.superuser) { connection in
      _ = try await connection.executeScript(
        "update voronka.card set has_lines = not has_lines where tenant_id = \(shop.company.id);")
    }
    let tenant = Parameter.integer(shop.company.id)
    _ = try await shop.company.installation.pools.writes.transaction(
      [ContextStatements.server(tenant), LineStatements.markAll(tenant)])
    #expect(try await shop.marked() == "f,t,f", "\(none.id)")
  }

  @Test("Who may only look at a deal sees its lines and changes none")
  func rights() async throws {
    let shop = try await Shop.make()
    try await shop.owner.call(
      "deal.set_lines", shop.set([["product": .integer(shop.table), "quantity": 1]]))
    let viewer = try await shop.company.member(
      "viewer", .init(pipeline: shop.pipeline.id, actions: ["view", "move", "close"]))
    #expect(
      try await viewer.client.call("deal.get", ["id": shop.deal])["lines"]?.array?.count == 1)
    let refusal = try await viewer.client.refusal("deal.set_lines", shop.set([]))
    #expect(refusal?.kind == "forbidden" && refusal?["needs"] == "edit")
    let editor = try await shop.company.member(
      "editor", .init(pipeline: shop.pipeline.id, actions: ["view", "edit"]))
    #expect(try await editor.client.call("deal.set_lines", shop.set([]))["lines"] == [])
  }
}
