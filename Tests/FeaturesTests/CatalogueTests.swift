internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

@Suite("Reasons, fields and products")
struct CatalogueTests {
  private static let writes: [(String, JSONObject)] = [
    ("reason.create", ["kind": "loss", "name": "R"]), ("reason.update", ["id": 1, "name": "S"]),
    ("reason.delete", ["id": 1]), ("contact_status.create", ["name": "S"]),
    ("activity_type.create", ["name": "T", "base": "call"]),
    ("activity_type.update", ["id": 1, "name": "U"]), ("activity_type.delete", ["id": 1]),
    ("contact_status.update", ["id": 1, "name": "T"]), ("contact_status.delete", ["id": 1]),
    ("field.create", ["for": "deal", "key": "f", "name": "F", "type": "text"]),
    ("field.update", ["id": 1, "name": "G"]), ("field.delete", ["id": 1]),
    ("product.create", ["name": "P"]), ("product.update", ["id": 1, "name": "Q"]),
  ]

  @Test("Catalogues are the admins' to write and to read for those whose pipelines need them")
  func rights() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"]])
    let member = try await company.member(
      "boris", .init(pipeline: pipeline.id, actions: ["view", "configure", "edit"]))
    for (method, parameters) in Self.writes {
      #expect(try await member.client.refusal(method, parameters)?["needs"] == "admin", "\(method)")
    }
    for (method, parameters) in Self.writes {
      #expect(try await company.owner.refusal(method, parameters) == nil, "\(method)")
    }
    try await company.owner.call("reason.create", ["kind": "win", "name": "Цена"])
    for kind in ["lead", "deal"] as [JSON] {
      try await company.owner.call(
        "field.create", ["for": kind, "key": "size", "name": "Размер", "type": "text"])
    }
    #expect(try await member.client.call("reason.list").texts("name") == ["Цена"])
    #expect(try await member.client.call("field.list").texts("for") == ["deal"])
    #expect(try await member.client.call("product.list").texts("name") == ["Q"])
    #expect(try await company.owner.call("field.list").texts("for") == ["lead", "deal"])
  }

  // MARK: - Reasons

  @Test("A reason that cards were closed for is deactivated; an unused one is deleted")
  func reasonDeletion() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"]])
    let used = try await company.owner.call("reason.create", ["kind": "loss", "name": "Дорого"])
    let unused = try await company.owner.call("reason.create", ["kind": "loss", "name": "Другое"])
    try await company.card(in: pipeline.stage("Проиграна"), reason: used.id)
    let preview = try await company.owner.call(
      "reason.delete", ["id": .integer(used.id), "dry_run": true])
    #expect(preview["deactivated"] == false)
    #expect(preview["cards"] == 1)
    let first = try await company.owner.call("reason.delete", ["id": .integer(used.id)])
    #expect(first["deleted"] == false)
    #expect(first["deactivated"] == true)
    let second = try await company.owner.call("reason.delete", ["id": .integer(unused.id)])
    #expect(second["deleted"] == true)
    #expect(try await company.owner.call("reason.list").items.isEmpty)
    let all = try await company.owner.call("reason.list", ["inactive": true])
    #expect(all.ids == [used.id])
    let again = try await company.owner.call(
      "reason.update", ["id": .integer(used.id), "active": true])
    #expect(again["active"] == true)
    #expect(again["version"] == 3)
  }

  @Test("A reason's name is unique in its list, whatever its case")
  func reasonName() async throws {
    let company = try await TestInstallation.make().company()
    let reason = try await company.owner.call("reason.create", ["kind": "loss", "name": "Дорого"])
    let taken = try await company.owner.refusal(
      "reason.create", ["kind": "loss", "name": "ДОРОГО"])
    #expect(taken?.kind == "conflict")
    try await company.owner.call("reason.create", ["kind": "invalid", "name": "Дорого"])
    let other = try await company.owner.call("reason.create", ["kind": "loss", "name": "Долго"])
    let renamed = try await company.owner.refusal(
      "reason.update", ["id": .integer(other.id), "name": "дорого"])
    #expect(renamed?.kind == "conflict")
    let recased = try await company.owner.call(
      "reason.update", ["id": .integer(reason.id), "name": "ДОРОГО", "if_version": 1])
    #expect(recased["name"] == "ДОРОГО")
    let stale = try await company.owner.refusal(
      "reason.update", ["id": .integer(reason.id), "name": "X", "if_version": 1])
    #expect(stale?.kind == "conflict")
  }

  // MARK: - Fields

  @Test(
    "A field that could not be filled in, or would hide a card's own value, is refused",
    arguments: [
      (["key": "amount", "type": "number"], "key"), (["key": "Size", "type": "text"], "key"),
      (["key": "size", "type": "choice"], "choices"),
      (["key": "size", "type": "text", "choices": ["A"]], "choices"),
      (["key": "size", "type": "multi_choice", "choices": ["A", "A"]], "choices"),
    ] as [(JSONObject, String)])
  func refusedField(parameters: JSONObject, path: String) async throws {
    let company = try await TestInstallation.make().company()
    var parameters = parameters
    parameters["for"] = "deal"
    parameters["name"] = "F"
    let refusal = try await company.owner.refusal("field.create", parameters)
    #expect(refusal?.kind == "invalid")
    #expect(refusal?["fields"]?[0]?["path"]?.string == path)
  }

  @Test("Of eight who add fields at once two succeed where the plan allows two")
  func fieldLimit() async throws {
    let installation = try await TestInstallation.make()
    let company = try await installation.company("mebel", limits: ["custom_fields": 2])
    let refusals = try await withThrowingTaskGroup(of: RPCError?.self) { group in
      for number in 1...8 {
        group.addTask {
          try await installation.login("mebel", "owner@mebel.example").refusal(
            "field.create",
            ["for": "deal", "key": .string("f\(number)"), "name": "F", "type": "text"])
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }.compactMap(\.self)
    }
    #expect(refusals.map(\.kind) == Array(repeating: "plan_limit", count: 6))
    #expect(refusals.allSatisfy { $0["limit"] == "custom_fields" && $0["used"] == 2 })
    #expect(refusals.allSatisfy { $0["lifted_by"] == .null })
    #expect(try await company.owner.call("field.list").items.count == 2)
  }

  @Test("A key is unique for its kind of card")
  func fieldKey() async throws {
    let company = try await TestInstallation.make().company()
    let field: JSONObject = ["for": "deal", "key": "size", "name": "Размер", "type": "text"]
    try await company.owner.call("field.create", field)
    #expect(try await company.owner.refusal("field.create", field)?.kind == "conflict")
    var other = field
    other["for"] = "lead"
    try await company.owner.call("field.create", other)
  }

  @Test("A field that a stage requires is not deleted; values go only when that is said")
  func fieldDeletion() async throws {
    let company = try await TestInstallation.make().company()
    let field = try await company.owner.call(
      "field.create", ["for": "deal", "key": "size", "name": "Размер", "type": "text"])
    let pipeline = try await company.pipeline(
      "Услуги", stages: [["name": "A"], ["name": "B", "required": ["size|amount"]]])
    let card = try await company.card(
      in: pipeline.stage("A"), fields: ["size": "3 м", "colour": "белый"])
    let id: JSONObject = ["id": .integer(field.id)]
    #expect(try await company.owner.refusal("field.delete", id)?.kind == "conflict")
    try await company.owner.call(
      "stage.update", ["id": .integer(pipeline.stage("B")), "required": []])
    let refusal = try await company.owner.refusal("field.delete", id)
    #expect(refusal?.kind == "conflict")
    #expect(refusal?["cards"] == 1)
    var dry = id
    dry["dry_run"] = true
    #expect(try await company.owner.refusal("field.delete", dry)?["cards"] == 1)
    var forced = id
    forced["delete_values"] = true
    dry["delete_values"] = true
    #expect(try await company.owner.call("field.delete", dry)["cards"] == 1)
    #expect(try await company.owner.call("field.delete", forced)["deleted"] == true)
    let rows = try await company.cardRows(card)
    #expect(rows.fields == #"{"colour": "белый"}"#)
    #expect(rows.version == 2)
    #expect(rows.history.count == 2)
    #expect(try await company.owner.call("field.list").items.isEmpty)
  }

  @Test("A field's name and options change; its key and type do not")
  func fieldUpdate() async throws {
    let company = try await TestInstallation.make().company()
    let field = try await company.owner.call(
      "field.create",
      ["for": "deal", "key": "c", "name": "C", "type": "choice", "choices": ["A", "B"]])
    let id = JSON.integer(field.id)
    let after = try await company.owner.call(
      "field.update", ["id": id, "name": "Цвет", "choices": ["B", "D"], "if_version": 1])
    #expect(after["choices"] == ["B", "D"])
    #expect(after["name"] == "Цвет")
    #expect(after["version"] == 2)
    let unknown = try await company.owner.refusal("field.update", ["id": id, "type": "text"])
    #expect(unknown?.kind == "invalid_params")
    let stale = try await company.owner.refusal(
      "field.update", ["id": id, "name": "X", "if_version": 1])
    #expect(stale?["version"] == 2)
  }

  // MARK: - Products

  @Test("A product has a name of its own and a price in the company's currency")
  func products() async throws {
    let company = try await TestInstallation.make().company()
    let product = try await company.owner.call(
      "product.create", ["name": "Стол", "price": ["amount": "9900.5", "currency": "RUB"]])
    #expect(product["price"] == ["amount": "9900.50", "currency": "RUB"])
    let foreign = try await company.owner.refusal(
      "product.create", ["name": "Стул", "price": ["amount": "1", "currency": "USD"]])
    #expect(foreign?["fields"]?[0]?["path"] == "price.currency")
    let below = try await company.owner.refusal(
      "product.create", ["name": "Стул", "price": ["amount": "-1", "currency": "RUB"]])
    #expect(below?["fields"]?[0]?["path"] == "price.amount")
    #expect(
      try await company.owner.refusal("product.create", ["name": "СТОЛ"])?.kind == "conflict")
    let cleared = try await company.owner.call(
      "product.update", ["id": .integer(product.id), "price": nil])
    #expect(cleared["price"] == .null)
    try await company.owner.call("product.create", ["name": "Стул"])
    #expect(
      try await company.owner.call("product.list", ["name": "сту"]).texts("name") == ["Стул"])
  }
}
