internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

@Suite("Stages")
struct StageTests {
  private static let three: JSON = [["name": "A"], ["name": "B"], ["name": "C"]]

  private func names(_ company: TestCompany, _ pipeline: JSON) async throws -> [String] {
    let page = try await company.owner.call(
      "stage.list", ["pipeline": .integer(pipeline.id)])
    #expect(page.items.map { $0["position"] } == (1...page.items.count).map { .integer($0) })
    return page.texts("name")
  }

  @Test("A new stage stands last of its kind, or where it is put")
  func create() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги", stages: Self.three)
    let id = JSON.integer(pipeline.id)
    let stage = try await company.owner.call(
      "stage.create", ["pipeline": id, "name": "D", "hint": "Позвоните.", "if_version": 1])
    #expect(stage["position"] == 4)
    #expect(stage["pipeline"] == id)
    #expect(stage["kind"] == "open")
    try await company.owner.call(
      "stage.create", ["pipeline": id, "name": "First", "position": 1])
    try await company.owner.call(
      "stage.create", ["pipeline": id, "name": "Пропал", "kind": "lost"])
    #expect(
      try await names(company, pipeline) == [
        "First", "A", "B", "C", "D", "Выиграна", "Проиграна", "Пропал",
      ])
    #expect(try await company.owner.call("pipeline.get", ["id": id])["version"] == 4)
    let late = try await company.owner.refusal(
      "stage.create", ["pipeline": id, "name": "E", "if_version": 1])
    #expect(late?.kind == "conflict")
  }

  @Test(
    "What would break the pipeline is refused",
    arguments: [
      (["name": "A"], "conflict", nil), (["name": "X", "kind": "won"], "invalid", "kind"),
      (["name": "X", "position": 5], "invalid", "position"),
      (["name": "X", "kind": "lost", "position": 1], "invalid", "position"),
      (["name": "X", "required": ["colour"]], "invalid", "required"),
      (["name": "X", "required": ["a b"]], "invalid_params", "required[0]"),
      (["name": "X", "dwell_limit": "14 days"], "invalid_params", "dwell_limit"),
      (["name": "X", "dwell_limit": "PT0S"], "invalid_params", "dwell_limit"),
      (["name": "X", "kind": "lost", "reopens_here": true], "invalid", "reopens_here"),
    ] as [(JSONObject, String, String?)])
  func refused(parameters: JSONObject, kind: String, path: String?) async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги", stages: Self.three)
    var parameters = parameters
    parameters["pipeline"] = .integer(pipeline.id)
    let refusal = try await company.owner.refusal("stage.create", parameters)
    #expect(refusal?.kind == kind)
    #expect(refusal?["fields"]?[0]?["path"]?.string == path)
    #expect(try await names(company, pipeline).count == 5)
  }

  @Test("An update changes what it names, clears what is null, and keeps one stage for reopening")
  func update() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline(
      "Услуги",
      stages: [
        ["name": "A", "hint": "Hint", "dwell_limit": "P1D", "reopens_here": true],
        ["name": "B"],
      ])
    try await company.owner.call(
      "field.create", ["for": "deal", "key": "size", "name": "Размер", "type": "text"])
    let (first, second) = (pipeline.stage("A"), pipeline.stage("B"))
    let updated = try await company.owner.call(
      "stage.update",
      [
        "id": .integer(first), "name": "Новая", "hint": nil, "required": ["size", "amount"],
        "key": true, "if_version": 1,
      ])
    #expect(updated["name"] == "Новая")
    #expect(updated["hint"] == .null)
    #expect(updated["dwell_limit"] == "P1D")
    #expect(updated["required"] == ["size", "amount"])
    #expect(updated["version"] == 2)
    try await company.owner.call(
      "stage.update", ["id": .integer(second), "reopens_here": true, "dwell_limit": "PT2H"])
    let stages = try await company.owner.call(
      "pipeline.get", ["id": .integer(pipeline.id)])["stages"]?.array
    #expect(stages?.prefix(2).map { $0["reopens_here"] } == [false, true])
    let stale = try await company.owner.refusal(
      "stage.update", ["id": .integer(first), "name": "X", "if_version": 2])
    #expect(stale?.kind == "conflict")
    #expect(stale?["version"] == 3)
    let taken = try await company.owner.refusal(
      "stage.update", ["id": .integer(first), "name": "B"])
    #expect(taken?.kind == "conflict")
  }

  @Test("Stages are put into any order that keeps the open ones first")
  func reorder() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги", stages: Self.three)
    let ids = try #require(pipeline["stages"]?.array?.map(\.id))
    let order = { (places: [Int]) in JSON.array(places.map { .integer(ids[$0]) }) }
    let after = try await company.owner.call(
      "stage.reorder",
      ["pipeline": .integer(pipeline.id), "stages": order([2, 0, 1, 4, 3]), "if_version": 1])
    #expect(after["version"] == 2)
    #expect(
      try await names(company, pipeline) == ["C", "A", "B", "Проиграна", "Выиграна"])
    for wrong in [order([3, 0, 1, 2, 4]), order([0, 1, 2]), order([0, 0, 1, 2, 3, 4])] {
      let refusal = try await company.owner.refusal(
        "stage.reorder", ["pipeline": .integer(pipeline.id), "stages": wrong])
      #expect(refusal?.kind == "invalid")
    }
  }

  @Test("Under cards stages change places only where that is said, and a dry run tells of how many")
  func reorderWithCards() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let pipeline = try await company.pipeline("Услуги", stages: Self.three)
    let id = JSON.integer(pipeline.id)
    let ids = try #require(pipeline["stages"]?.array?.map(\.id))
    let order = { (places: [Int]) in JSON.array(places.map { .integer(ids[$0]) }) }
    for stage in [0, 1, 1, 2] {
      try await owner.call(
        "deal.create", ["pipeline": id, "title": "Кухня", "stage": .integer(ids[stage])])
    }
    let swap: JSONObject = ["pipeline": id, "stages": order([1, 0, 2, 3, 4])]
    for dry in [true, false] {
      var request = swap
      request["dry_run"] = .bool(dry)
      let refusal = try await owner.refusal("stage.reorder", request)
      #expect(refusal?.kind == "conflict" && refusal?["cards"] == 3)
    }
    #expect(try await names(company, pipeline).prefix(3) == ["A", "B", "C"])
    // Neither the closing stages nor those that stay where they are concern a card.
    let closing = try await owner.call(
      "stage.reorder", ["pipeline": id, "stages": order([0, 1, 2, 4, 3])])
    #expect(closing["version"] == 2 && closing["cards"] == nil)
    var confirmed: JSONObject = ["pipeline": id, "stages": order([1, 0, 2, 4, 3])]
    confirmed["with_cards"] = true
    var trial = confirmed
    trial["dry_run"] = true
    let tried = try await owner.call("stage.reorder", trial)
    #expect(tried["dry_run"] == true && tried["cards"] == 3)
    #expect(tried["order"] == ["B", "A", "C", "Проиграна", "Выиграна"])
    #expect(try await names(company, pipeline).prefix(3) == ["A", "B", "C"])
    let done = try await owner.call("stage.reorder", confirmed)
    #expect(done["version"] == 3 && done["dry_run"] == nil)
    #expect(try await names(company, pipeline).prefix(3) == ["B", "A", "C"])
    #expect(
      try await owner.call("deal.list", ["stage": .integer(ids[1])]).items.count == 2)
    // Nothing changes: nothing is refused.
    try await owner.call("stage.reorder", ["pipeline": id, "stages": order([1, 0, 2, 4, 3])])
    // Counted is what one sees.
    let boris = try await company.member(
      "boris", .init(pipeline: pipeline.id, actions: ["view", "configure"], cards: "own"))
    let own = try await boris.client.call(
      "stage.reorder", ["pipeline": id, "stages": order([0, 1, 2, 4, 3]), "dry_run": true])
    #expect(own["cards"] == 0)
  }

  @Test("Stages are changed by who may configure, read by who may view, and not there for others")
  func rights() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги", stages: Self.three)
    let id = JSON.integer(pipeline.id)
    let calls: [(String, JSONObject)] = [
      ("stage.create", ["pipeline": id, "name": "D"]),
      ("stage.update", ["id": .integer(pipeline.stage("A")), "name": "AA"]),
      ("stage.delete", ["id": .integer(pipeline.stage("B"))]),
    ]
    let viewer = try await company.member("v", .init(pipeline: pipeline.id, actions: ["view"]))
    let stranger = try await company.member("s")
    let creator = try await company.member("c", .init(pipeline: pipeline.id, actions: ["create"]))
    for (method, parameters) in calls {
      #expect(try await viewer.client.refusal(method, parameters)?["needs"] == "configure")
      #expect(try await creator.client.refusal(method, parameters)?["needs"] == "configure")
      #expect(try await stranger.client.refusal(method, parameters)?.kind == "not_found")
    }
    let list: JSONObject = ["pipeline": id]
    #expect(try await viewer.client.call("stage.list", list).items.count == 5)
    #expect(try await creator.client.refusal("stage.list", list)?["needs"] == "view")
    #expect(try await stranger.client.refusal("stage.list", list)?.kind == "not_found")
    let designer = try await company.member(
      "d", .init(pipeline: pipeline.id, actions: ["configure"]))
    for (method, parameters) in calls {
      #expect(try await designer.client.refusal(method, parameters) == nil, "\(method)")
    }
    #expect(
      try await designer.client.call("stage.list", list).texts("name").prefix(3) == [
        "AA", "C", "D",
      ])
  }
}
