internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("Names in a company's lists")
struct ListNameTests {
  private static let creations: [(String, JSONObject)] = [
    ("pipeline.create", ["kind": "deal", "template": "sales"]),
    ("reason.create", ["kind": "loss"]), ("product.create", [:]), ("contact_status.create", [:]),
    ("activity_type.create", ["base": "call"]),
  ]

  @Test("Two stages of a pipeline are not told apart by case or blanks, whichever way they come")
  func stages() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let pipeline = try await company.pipeline(
      "Услуги", stages: [["name": " a\u{A0}"], ["name": "b"]])
    #expect(pipeline.stage("a") != 0)
    let id = JSON.integer(pipeline.id)
    for name in ["A ", "a", "\tA"] as [JSON] where name != "\tA" {
      let refusal = try await owner.refusal("stage.create", ["pipeline": id, "name": name])
      #expect(refusal?.kind == "conflict", "\(name)")
      let renamed = try await owner.refusal(
        "stage.update", ["id": .integer(pipeline.stage("b")), "name": name])
      #expect(renamed?.kind == "conflict", "\(name)")
    }
    // Its own name a stage may write otherwise.
    let own = try await owner.call(
      "stage.update", ["id": .integer(pipeline.stage("a")), "name": " A"])
    #expect(own["name"] == "A")
    let twice = try await owner.refusal(
      "pipeline.create",
      ["kind": "deal", "name": "Аренда", "stages": [["name": "Новая"], ["name": "новая "]]])
    #expect(twice?["fields"]?[0]?["path"] == "stages[1].name")
    let imported = try await owner.refusal(
      "import.begin",
      [
        "source": "crm", "kinds": ["deal"],
        "pipeline": ["name": "Другая", "stages": [["name": "Новая"], ["name": "новая "]]],
      ])
    #expect(imported?["fields"]?[0]?["path"] == "pipeline.stages")
  }

  @Test("Of two equal stages made at once in another case one is refused")
  func race() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"]])
    let names = ["Встреча", "встреча", "ВСТРЕЧА ", " Встреча"]
    let made = await withTaskGroup(of: Bool.self) { group in
      for name in names {
        group.addTask {
          let answer = try? await company.owner.call(
            "stage.create", ["pipeline": .integer(pipeline.id), "name": .string(name)])
          return answer != nil
        }
      }
      var count = 0
      for await isMade in group where isMade { count += 1 }
      return count
    }
    #expect(made == 1)
  }

  @Test(
    "Pipelines, reasons, products, statuses and types lose the blanks around their names and are one whatever the case",
    arguments: creations)
  func lists(method: String, further: JSONObject) async throws {
    let company = try await TestInstallation.make().company()
    var params = further
    params["name"] = " Замер "
    let made = try await company.owner.call(method, params)
    #expect(made["name"] == "Замер")
    for name in ["замер", "Замер ", "ЗАМЕР"] as [JSON] {
      params["name"] = name
      #expect(try await company.owner.refusal(method, params)?.kind == "conflict", "\(name)")
    }
  }

  @Test("Imported reasons, products and stages go by the same names")
  func imports() async throws {
    let company = try await TestInstallation.make().company()
    let scene = try await ImportedCompany.begin(
      company,
      pipeline: [
        "name": "Sales ", "stages": [["name": "A "], ["name": "Lost", "kind": "lost"]],
      ])
    let products = try await scene.send(
      "product", [["external_id": "p1", "name": "Стол "], ["external_id": "p2", "name": " стол"]])
    #expect(products["accepted"] == 2)
    #expect(try await company.owner.call("product.list").texts("name") == ["Стол"])
    let rows: [JSON] = [
      ["external_id": "1", "title": "One", "stage": "a", "product": "p1"],
      ["external_id": "2", "title": "Two", "stage": "A ", "product": "p2"],
      ["external_id": "3", "title": "Three", "stage": "Lost ", "reason": "Дорого "],
      ["external_id": "4", "title": "Four", "stage": "lost", "reason": " дорого"],
    ]
    let answer = try await scene.send("deal", rows)
    #expect(answer["accepted"] == 4, "\(answer)")
    #expect(
      try await company.owner.call("reason.list", ["kind": "loss"]).texts("name") == ["Дорого"])
    let names = try await scene.stageNames().values.sorted()
    #expect(names.contains("A") && names.contains("Lost"))
  }
}
