internal import JSON
internal import JSONRPC
internal import SalesRules
internal import TestSupport
internal import Testing

@Suite("Grants narrowed to stages")
struct StageGrantTests {
  private struct Scene {
    let company: TestCompany
    let pipeline: JSON
    let reader: (id: Int64, client: TestClient)

    func stage(_ name: String) -> Int64 { pipeline.stage(name) }

    func give(_ actions: [Action], stages: [String]?, outcome: String = "any") async throws -> JSON
    {
      var grant: JSONObject = [
        "pipeline": .integer(pipeline.id), "to": ["user": .integer(reader.id)],
        "actions": .array(actions.map { .string($0.rawValue) }), "cards": "all",
        "outcome": .string(outcome),
      ]
      if let stages { grant["stages"] = .array(stages.map { .integer(stage($0)) }) }
      return try await company.owner.call("grant.give", grant)
    }
  }

  private func scene() async throws -> Scene {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline(
      "Kitchens", stages: [["name": "A"], ["name": "B"], ["name": "C"]])
    let reader = try await company.user("reader")
    return Scene(company: company, pipeline: pipeline, reader: reader)
  }

  private func deal(_ scene: Scene, in stage: String) async throws -> JSON {
    try await scene.company.owner.call(
      "deal.create",
      [
        "pipeline": .integer(scene.pipeline.id), "title": .string(stage),
        "stage": .integer(scene.stage(stage)),
      ])
  }

  @Test("Cards of the named stages are seen and no others, by every way, and follow the card")
  func sight() async throws {
    let scene = try await scene()
    let (a, b) = (try await deal(scene, in: "A"), try await deal(scene, in: "B"))
    let given = try await scene.give([.view, .move], stages: ["A"])
    #expect(given["stages"] == [.integer(scene.stage("A"))])
    let client = scene.reader.client
    #expect(try await client.call("deal.list").ids == [a.id])
    #expect(try await client.refusal("deal.get", ["id": .integer(b.id)])?.kind == "not_found")
    let board = try await client.call("deal.board", ["pipeline": .integer(scene.pipeline.id)])
    #expect(board["stages"]?.array?.compactMap { $0["count"]?.int64 }.reduce(0, +) == 1)
    // What is moved out of the stage is out of sight afterwards; another's stage can't be moved.
    #expect(
      try await client.refusal(
        "deal.move", ["id": .integer(b.id), "stage": .integer(scene.stage("A"))])?.kind
        == "not_found")
    try await client.call("deal.move", ["id": .integer(a.id), "stage": .integer(scene.stage("C"))])
    #expect(try await client.call("deal.list").ids == [])
    try await scene.company.owner.call(
      "deal.move", ["id": .integer(b.id), "stage": .integer(scene.stage("A"))])
    #expect(try await client.call("deal.list").ids == [b.id])
  }

  @Test("An action is held in its stages, and add up with other grants")
  func actions() async throws {
    let scene = try await scene()
    let (a, b) = (try await deal(scene, in: "A"), try await deal(scene, in: "B"))
    _ = try await scene.give([.edit, .view], stages: ["B"])
    try await scene.company.give(
      [.view], on: scene.pipeline.id, to: ["everyone": true], cards: .all)
    let client = scene.reader.client
    #expect(Set(try await client.call("deal.list").ids) == [a.id, b.id])
    let refusal = try await client.refusal("deal.update", ["id": .integer(a.id), "title": "X"])
    #expect(refusal?.kind == "forbidden")
    #expect(refusal?["needs"] == "edit")
    try await client.call("deal.update", ["id": .integer(b.id), "title": "X"])
    let why = try await scene.company.owner.call(
      "access.explain", ["user": .integer(scene.reader.id), "card": .integer(a.id)])
    #expect(why["actions"]?["edit"]?["code"] == "other_stage")
    let needed = try #require(why["actions"]?["edit"]?["would_need"]?.object)
    #expect(needed["stages"]?.array?.count == 2)
    try await scene.company.owner.call("grant.give", needed)
    try await client.call("deal.update", ["id": .integer(a.id), "title": "X"])
  }

  @Test("A stage has to be of the pipeline and of the outcome; null is every stage")
  func shape() async throws {
    let scene = try await scene()
    let other = try await scene.company.pipeline("Other", stages: [["name": "Z"]])
    var grant: JSONObject = [
      "pipeline": .integer(scene.pipeline.id), "to": ["user": .integer(scene.reader.id)],
      "actions": ["view"], "stages": [.integer(other.stage("Z"))],
    ]
    let owner = scene.company.owner
    let foreign = try await owner.refusal("grant.give", grant)
    grant["stages"] = [4_000_000]
    #expect(foreign?.kind == "not_found")
    #expect(try await owner.refusal("grant.give", grant) == foreign)
    grant["stages"] = [.integer(scene.stage("A"))]
    grant["outcome"] = "lost"
    #expect(try await owner.refusal("grant.give", grant)?.kind == "invalid")
    grant["stages"] = []
    #expect(try await owner.refusal("grant.give", grant)?.kind == "invalid_params")
    grant["stages"] = .null
    #expect(try await owner.call("grant.give", grant)["stages"] == .null)
  }

  @Test("A deleted stage takes its part of the grant with it, and gives nothing else")
  func deletion() async throws {
    let scene = try await scene()
    let b = try await deal(scene, in: "B")
    _ = try await scene.give([.view], stages: ["A"])
    let owner = scene.company.owner
    try await owner.call("stage.delete", ["id": .integer(scene.stage("A"))])
    let grants = try await owner.call("grant.list", ["pipeline": .integer(scene.pipeline.id)])
    #expect(grants["items"]?[0]?["stages"] == [])
    #expect(try await scene.reader.client.call("deal.list").ids == [])
    #expect(
      try await scene.reader.client.refusal("deal.get", ["id": .integer(b.id)])?.kind
        == "not_found")
  }

  @Test("Whoever becomes responsible has to see the stage; the refusal names them")
  func responsible() async throws {
    let scene = try await scene()
    _ = try await scene.give([.view], stages: ["A"])
    var deal: JSONObject = [
      "pipeline": .integer(scene.pipeline.id), "title": "X",
      "responsible": .integer(scene.reader.id), "stage": .integer(scene.stage("B")),
    ]
    let refusal = try await scene.company.owner.refusal("deal.create", deal)
    #expect(refusal?.kind == "invalid")
    #expect(refusal?.message.contains("reader") == true || refusal?["fields"] != nil)
    deal["stage"] = .integer(scene.stage("A"))
    try await scene.company.owner.call("deal.create", deal)
  }

  @Test("The outcome of a card is its stage's kind, in the database too")
  func outcome() async throws {
    let scene = try await scene()
    let a = try await deal(scene, in: "A")
    let outcome = try await DirectSQLOutcome.state(
      scene.company,
      "update voronka.card set outcome = 'lost', closed_at = now() where id = \(a.id);")
    #expect(outcome == "23503")
  }
}
