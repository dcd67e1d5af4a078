internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

@Suite("Deleting pipelines")
struct PipelineDeletionTests {
  private struct Scene {
    let company: TestCompany
    let old: JSON
    let heir: JSON
    var cards: [Int64] = []

    static func make() async throws -> Scene {
      let company = try await TestInstallation.make().company()
      let stages: JSON = [["name": "A"], ["name": "B"], ["name": "Отказ", "kind": "lost"]]
      var scene = Scene(
        company: company, old: try await company.pipeline("Старая", stages: stages),
        heir: try await company.pipeline("Новая", stages: stages))
      for name in ["A", "A", "B", "A"] {
        let deal = try await company.owner.call(
          "deal.create",
          [
            "title": "Кухня", "pipeline": .integer(scene.old.id),
            "stage": .integer(scene.old.stage(name)),
          ])
        scene.cards.append(deal.id)
      }
      try await company.owner.call(
        "deal.lose", ["id": .integer(scene.cards[3]), "comment": "Дорого"])
      return scene
    }

    /// Where cards go: by the names of stages.
    func request(_ moves: [(String, String)], dryRun: Bool = false) -> JSONObject {
      var request: JSONObject = [
        "id": .integer(old.id),
        "move_to": .array(
          moves.map {
            ["stage": .integer(old.stage($0.0)), "to": .integer(heir.stage($0.1))]
          }),
      ]
      if dryRun { request["dry_run"] = true }
      return request
    }
  }

  @Test("While cards stand in it, it is refused with the stages that hold them")
  func refused() async throws {
    let scene = try await Scene.make()
    let owner = scene.company.owner
    let refusal = try await owner.refusal("pipeline.delete", ["id": .integer(scene.old.id)])
    #expect(refusal?.kind == "conflict" && refusal?["cards"] == 4)
    #expect(refusal?["stages"]?.array?.map { $0["name"] } == ["A", "B", "Отказ"])
    #expect(refusal?["stages"]?.array?.map { $0["cards"] } == [2, 1, 1])
    let partly = try await owner.refusal("pipeline.delete", scene.request([("A", "B")]))
    #expect(partly?["stages"]?.array?.map { $0["name"] } == ["B", "Отказ"])
    let wrongKind = try await owner.refusal(
      "pipeline.delete", scene.request([("A", "Отказ"), ("B", "B"), ("Отказ", "Отказ")]))
    #expect(wrongKind?["wrong_stage_kind"] == "open")
    let twice = try await owner.refusal(
      "pipeline.delete", scene.request([("A", "A"), ("A", "B")]))
    #expect(twice?["fields"]?[0]?["path"] == "move_to[1].stage")
    let itself: JSONObject = [
      "id": .integer(scene.old.id),
      "move_to": [["stage": .integer(scene.old.stage("A")), "to": .integer(scene.old.stage("B"))]],
    ]
    #expect(
      try await owner.refusal("pipeline.delete", itself)?["fields"]?[0]?["path"]
        == "move_to[0].to")
    try await owner.call("pipeline.archive", ["id": .integer(scene.heir.id)])
    #expect(
      try await owner.refusal("pipeline.delete", scene.request([("A", "A")]))?.kind == "frozen")
    #expect(try await owner.call("deal.list").items.count == 4)
  }

  @Test("With a map its cards go there, as they ended, with their stays and histories")
  func moved() async throws {
    let scene = try await Scene.make()
    let owner = scene.company.owner
    let moves = [("A", "A"), ("B", "A"), ("Отказ", "Отказ")]
    let preview = try await owner.call("pipeline.delete", scene.request(moves, dryRun: true))
    #expect(preview["dry_run"] == true && preview["deleted"] == false && preview["moved"] == 4)
    #expect(try await owner.call("pipeline.get", ["id": .integer(scene.old.id)]).id == scene.old.id)
    let answer = try await owner.call("pipeline.delete", scene.request(moves))
    #expect(answer["deleted"] == true && answer["moved"] == 4)
    #expect(answer["moves"] == preview["moves"])
    #expect(answer["moves"]?.array?.map { $0["cards"] } == [2, 1, 1])
    #expect(answer["moves"]?.array?.allSatisfy { $0["warnings"] == nil } == true)
    #expect(
      try await owner.refusal("pipeline.get", ["id": .integer(scene.old.id)])?.kind == "not_found")
    let deals = try await owner.call("deal.list", ["pipeline": .integer(scene.heir.id)]).items
    #expect(deals.map(\.id) == scene.cards.reversed())
    #expect(deals.map { $0["outcome"] } == ["lost", "open", "open", "open"])
    let rows = try await scene.company.cardRows(scene.cards[3])
    #expect(
      rows.stays.map(\.stage) == [
        scene.old.stage("A"), scene.old.stage("Отказ"), scene.heir.stage("Отказ"),
      ])
    #expect(rows.stays.map(\.isOpen) == [false, false, true])
    #expect(rows.history[2].contains(#""pipeline_deleted": "Старая""#))
    // They go on there.
    try await owner.call(
      "deal.move", ["id": .integer(scene.cards[0]), "stage": .integer(scene.heir.stage("B"))])
    #expect(try await scene.company.auditFindings() == [])
  }

  @Test("What the rules say of a move is told with it, and does not stand in the way")
  func warnings() async throws {
    let scene = try await Scene.make()
    let owner = scene.company.owner
    try await owner.call(
      "pipeline.update", ["id": .integer(scene.old.id), "cross_only_by_win": "enforce"])
    let preview = try await owner.call(
      "pipeline.delete",
      scene.request([("A", "A"), ("B", "A"), ("Отказ", "Отказ")], dryRun: true))
    let told = preview["moves"]?.array?.map { $0["warnings"]?.array?.map { $0["kind"] } }
    #expect(told == [["cross_only_by_win"], ["cross_only_by_win"], nil])
  }

  @Test("A card that comes in or leaves meanwhile is neither lost nor left without a stage")
  func atOnce() async throws {
    let scene = try await Scene.make()
    let (owner, installation) = (scene.company.owner, scene.company.installation)
    let request = scene.request([("A", "A"), ("B", "B"), ("Отказ", "Отказ")])
    let made = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<4 {
        group.addTask {
          let client = try await installation.login("mebel", "owner@mebel.example")
          var made = 0
          for _ in 0..<100 {
            let refusal = try await client.refusal(
              "deal.create", ["pipeline": .integer(scene.old.id), "title": "Кухня"])
            guard refusal == nil else {
              #expect(refusal?.kind == "not_found")
              return made
            }
            made += 1
          }
          return made
        }
      }
      let refusal = try await owner.refusal("pipeline.delete", request)
      #expect(refusal == nil, "\(refusal?.message ?? "")")
      return try await group.reduce(0, +)
    }
    let count = try await scene.company.write(CompanyRows.countCards(.integer(scene.company.id)))
    #expect(try count[0].integer(0) == Int64(4 + made))
    #expect(
      try await owner.all("deal.list", ["pipeline": .integer(scene.heir.id)]).count == 4 + made)
  }
}
