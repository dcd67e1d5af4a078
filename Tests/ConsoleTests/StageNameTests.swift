import JSON
import TestSupport
import Testing
import VoronkaClient

@testable import Console

/// How people name stages: by id, by a name that is the only one, or as `Pipeline/Stage`.
@Suite(.timeLimit(.minutes(3))) struct StageNameTests {
  private static func pipeline(_ id: Int64, _ name: String, _ stages: [String]) -> JSON {
    [
      "id": .integer(id), "name": .string(name),
      "stages": .array(
        stages.enumerated().map {
          ["id": .integer(id * 10 + Int64($0.offset)), "name": .string($0.element)]
        }),
    ]
  }

  private static let known = [
    pipeline(1, "Кухни", ["Новая", "Замер", "Звонок/встреча"]),
    pipeline(2, "Лестницы", ["Новая", "Монтаж"]),
    pipeline(3, "A/B", ["Новая", "C"]),
  ]

  @Test(arguments: [
    ("77", 77), ("Замер", 11), ("замер", 11), ("Мон", 21), ("Лестницы/Новая", 20),
    ("лестницы / новая", 20), ("Кухни/Зам", 11), ("Звонок/встреча", 12),
    ("Кухни/Звонок/встреча", 12), ("A/B/Новая", 30), ("A / B / C", 31),
  ])
  func `An id, a name that is the only one, and both names together are understood`(
    text: String, id: Int64
  ) throws {
    let found = try Directory.stage(text, among: Self.known)
    #expect(found.id == id)
    #expect(found.pipeline == (id == 77 ? nil : id / 10))
  }

  @Test(arguments: [
    ("Новая", ["Кухни/Новая (10)", "Лестницы/Новая (20)", "A/B/Новая (30)"]),
    ("З", ["Кухни/Замер (11)", "Кухни/Звонок/встреча (12)"]),
    ("Лестницы/Замер", ["There is no stage", "Лестницы/Монтаж (21)"]),
  ])
  func `What fits more than one or none is refused with those there are, spelled so`(
    text: String, told: [String]
  ) {
    #expect {
      _ = try Directory.stage(text, among: Self.known)
    } throws: { error in
      guard case ConsoleFailure.usage(let reason) = error else { return false }
      return told.allSatisfy(reason.contains)
    }
  }

  @Test func `Lists, moves, closings, copies and exports take both names together`() async throws {
    let shop = try await Shop.make()
    let stairs = try await shop.owner.call(
      "pipeline.create",
      [
        "kind": "deal", "name": "Stairs",
        "stages": [["name": "New"], ["name": "Met"], ["name": "Gone", "kind": "lost"]],
      ])
    var draft = DealCreateCommand.Draft(title: "Elm stairs")
    draft.stage = "Stairs/Met"
    let made = try await shop.run(DealCreateCommand(draft: draft), output: .json)
    let deal = try JSONReader().read(made.output)
    #expect(deal["pipeline"] == stairs["id"])
    let id = try #require(deal["id"]?.int64)
    // A name of one's own pipeline; of another one only where that is said.
    _ = try await shop.run(DealMoveCommand(id: id, stage: "New", fields: []))
    let refused = try await shop.run(
      DealMoveCommand(id: id, stage: "Measured", fields: []), ends: .usage)
    #expect(refused.errors.contains("In another pipeline: \"Kitchens/Measured\"."))
    _ = try await shop.run(
      DealMoveCommand(id: id, stage: "Kitchens/Measured", fields: ["budget=9"]))
    #expect(try await shop.deal(id)["pipeline"] == .integer(shop.pipeline))
    _ = try await shop.run(
      DealMoveCommand(id: id, stage: "Stairs/New", fields: []))
    _ = try await shop.run(
      DealCloseCommand(.lose, id: id, reason: "Too dear", comment: "x", stage: "Stairs/Gone"))
    #expect(try await shop.deal(id)["outcome"] == "lost")
    // Among all pipelines a name has to be the only one.
    var filter = DealListCommand.Filter()
    filter.stage = "Gone"
    #expect(try await shop.run(DealListCommand(filter: filter)).output.contains("Elm stairs"))
    filter.stage = "New"
    let several = try await shop.run(DealListCommand(filter: filter), ends: .usage)
    #expect(several.errors.contains("Kitchens/New (") && several.errors.contains("Stairs/New ("))
    filter.stage = "Kitchens/New"
    #expect(try await shop.run(DealListCommand(filter: filter)).output.contains("Oak kitchen"))
    var export = ExportCommand.Filter()
    export.stage = "Stairs/Gone"
    let exported = try await shop.run(ExportCommand(what: "deals", filter: export, path: nil))
    #expect(exported.output.contains("Elm stairs") && !exported.output.contains("Oak kitchen"))
    _ = try await shop.owner.call(
      "deal.update", ["id": .integer(shop.deal), "fields": ["budget": 9]])
    _ = try await shop.run(
      DealCopyCommand(id: shop.deal, pipeline: "Stairs", stage: "Stairs/Met", comment: "x"))
  }

  @Test func `A pipeline is deleted with its cards sent to stages of another, named together`()
    async throws
  {
    let shop = try await Shop.make()
    _ = try await shop.owner.call(
      "pipeline.create", ["kind": "deal", "name": "Stairs", "stages": [["name": "New"]]])
    let delete = { (moves: [String], dryRun: Bool) in
      PipelineCommand(.delete("Kitchens", moves: moves, dryRun: dryRun))
    }
    let vague = try await shop.run(delete(["New"], true), ends: .usage)
    #expect(vague.errors.contains("STAGE=PIPELINE/STAGE"))
    let own = try await shop.run(delete(["New=Kitchens/Measured"], true), ends: .usage)
    #expect(own.errors.contains("There is no stage"))
    _ = try await shop.run(delete([], true), ends: .serverError)
    _ = try await shop.run(delete(["New=Stairs/New"], true))
    // Nobody is there to ask.
    _ = try await shop.run(delete(["New=Stairs/New"], false), ends: .usage)
    #expect(try await shop.deal()["pipeline"] == .integer(shop.pipeline))
    let console = TestConsole()
    let context = console.context(server: try shop.server.address().description) {
      ($0.token, $0.assumesYes) = (shop.token, true)
    }
    #expect(await Console.run(delete(["New=Stairs/New"], false), in: context) == .success)
    let known = try await shop.owner.call("pipeline.list")["items"]?.array ?? []
    #expect(known.filter { $0["kind"] == "deal" }.map { $0["name"] } == ["Stairs"])
    #expect(try await shop.deal()["pipeline"] != .integer(shop.pipeline))
  }
}
