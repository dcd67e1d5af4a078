internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules
internal import TestSupport
internal import Testing

@Suite("Reports on the past and the design of then")
struct FunnelDesignTests {
  private func names(_ report: JSON) -> [String] {
    (report["stages"]?.array ?? []).compactMap { $0["name"]?.string }
  }

  @Test("A report as of a past day has the stages, names and order that the pipeline had then")
  func design() async throws {
    let company = try await TestInstallation.make().company()
    let clock = company.installation.clock
    let pipeline = try await company.pipeline(
      "Услуги", stages: [["name": "A"], ["name": "B"], ["name": "C"]])
    let id: JSON = .integer(pipeline.id)
    let deals = { (count: Int) in
      for _ in 0..<count {
        let deal = try await company.owner.call("deal.create", ["pipeline": id, "title": "Кухня"])
        try await company.owner.call(
          "deal.move", ["id": .integer(deal.id), "stage": .integer(pipeline.stage("B"))])
      }
    }
    try await deals(2)
    let before = clock.now.description
    clock.advance(seconds: 60)
    try await company.owner.call(
      "stage.update", ["id": .integer(pipeline.stage("A")), "name": "Новая"])
    let renamed = clock.now.description
    clock.advance(seconds: 60)
    try await company.owner.call(
      "stage.delete",
      [
        "id": .integer(pipeline.stage("B")), "move_cards_to": .integer(pipeline.stage("C")),
      ])
    try await company.owner.call("stage.create", ["pipeline": id, "name": "D", "position": 1])
    let report = { (asOf: JSON?) in
      var parameters: JSONObject = ["pipeline": id]
      if let asOf { parameters["as_of"] = asOf }
      return try await company.owner.call("report.funnel", parameters)
    }
    let first = try await report(.string(before))
    #expect(names(first) == ["A", "B", "C"])
    #expect(first["stages"]?.array?.map { $0["open_here"] } == [0, 2, 0])
    #expect(first["totals"]?["open"] == 2)
    #expect(names(try await report(.string(renamed))) == ["Новая", "B", "C"])
    let now = try await report(nil)
    #expect(names(now) == ["D", "Новая", "C"])
    #expect(now["stages"]?.array?.map { $0["open_here"] } == [0, 0, 2])
    #expect(now["design_since"] == nil && first["design_since"]?.string != nil)
    // Before the pipeline was made, there is the first design there was.
    #expect(names(try await report("2020-01-01")) == ["A", "B", "C"])
    // Who only sees the pipeline reads its past as well.
    let viewer = try await company.member(
      "viewer", .init(pipeline: pipeline.id, actions: ["view"]))
    let seen = try await viewer.client.call(
      "report.funnel", ["pipeline": id, "as_of": .string(before)])
    #expect(seen == first)
  }

  @Test("What says nothing to reports keeps no design, and a member who configures keeps one too")
  func kept() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"], ["name": "B"]])
    let boris = try await company.member(
      "boris", .init(pipeline: pipeline.id, actions: ["view", "configure"]))
    let count = {
      try await company.query(
        Statement(
          """
          select count(*)
          from pipeline_design
          where tenant_id = $1::bigint
            and pipeline_id = $2::bigint
          """), .integer(company.id), .integer(pipeline.id))[0].integer(0)
    }
    #expect(try await count() == 1)
    try await boris.client.call(
      "stage.update", ["id": .integer(pipeline.stage("A")), "hint": "Позвоните"])
    #expect(try await count() == 1)
    try await boris.client.call(
      "stage.update", ["id": .integer(pipeline.stage("A")), "name": "Новая"])
    #expect(try await count() == 2)
    let order = (pipeline["stages"]?.array ?? []).compactMap { $0["id"] }
    try await boris.client.call(
      "stage.reorder",
      ["pipeline": .integer(pipeline.id), "stages": .array([order[1], order[0]] + order[2...])])
    #expect(try await count() == 3)
  }
}
