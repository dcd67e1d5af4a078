internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("Three kinds of loss, and each reason's rule of comments")
struct LossKindTests {
  private func reason(
    _ company: TestCompany, _ kind: String, _ name: String, _ more: JSONObject = [:]
  ) async throws -> JSON {
    var parameters: JSONObject = ["kind": .string(kind), "name": .string(name)]
    for member in more.members { parameters[member.name] = member.value }
    return try await company.owner.call("reason.create", parameters)
  }

  private func deal(_ company: TestCompany, _ pipeline: JSON) async throws -> JSON {
    .integer(
      try await company.owner.call(
        "deal.create", ["title": "Кухня", "pipeline": .integer(pipeline.id)]
      ).id)
  }

  @Test("A loss is dropped, refused or vanished; the other lists know no such thing")
  func kinds() async throws {
    let company = try await TestInstallation.make().company()
    let plain = try await reason(company, "loss", "Дорого")
    #expect(plain["loss_kind"] == "refused" && plain["comment"] == .null)
    let dropped = try await reason(company, "loss", "Снят", ["loss_kind": "dropped"])
    #expect(dropped["loss_kind"] == "dropped")
    let won = try await reason(company, "win", "Цена")
    #expect(won["loss_kind"] == nil)
    let wrong = try await company.owner.refusal(
      "reason.create", ["kind": "win", "name": "X", "loss_kind": "dropped"])
    #expect(wrong?.kind == "invalid" && wrong?["fields"]?[0]?["path"] == "loss_kind")
    let moved = try await company.owner.refusal(
      "reason.update", ["id": .integer(won.id), "loss_kind": "vanished"])
    #expect(moved?.kind == "invalid")
    let changed = try await company.owner.call(
      "reason.update",
      ["id": .integer(plain.id), "loss_kind": "vanished", "comment": "required"])
    #expect(changed["loss_kind"] == "vanished" && changed["comment"] == "required")
    #expect(changed["name"] == "Дорого" && changed["version"] == 2)
    let cleared = try await company.owner.call(
      "reason.update", ["id": .integer(plain.id), "comment": .null])
    #expect(cleared["comment"] == .null && cleared["loss_kind"] == "vanished")
    let list = try await company.owner.call("reason.list", ["loss_kind": "vanished"])
    #expect(list.ids == [plain.id])
  }

  @Test("Templates bring all three kinds")
  func templates() async throws {
    let company = try await TestInstallation.make().company(template: "first_line_and_seniors")
    let losses = try await company.owner.call("reason.list", ["kind": "loss"])
    #expect(Set(losses.texts("loss_kind")) == ["dropped", "refused", "vanished"])
    let plain = try await TestInstallation.make().company()
    try await plain.owner.call("settings.apply_template", ["template": "first_line_and_seniors"])
    let added = try await plain.owner.call("reason.list", ["loss_kind": "dropped"])
    #expect(added.items.count == 1)
  }

  @Test("Lost deals tell their kind of loss, are listed by it, and the funnel counts them apart")
  func cards() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let pipeline = try await company.pipeline("Мебель", stages: [["name": "A"], ["name": "B"]])
    var reasons: [String: JSON] = [:]
    for kind in ["dropped", "refused", "vanished"] {
      reasons[kind] = .integer(
        try await reason(company, "loss", kind, ["loss_kind": .string(kind)]).id)
    }
    let invalid = try await reason(company, "invalid", "Тест")
    for kind in ["dropped", "vanished", "vanished"] {
      let lost = try await owner.call(
        "deal.lose",
        [
          "id": try await deal(company, pipeline), "reason": reasons[kind] ?? .null,
          "comment": "Так",
        ])
      #expect(lost["loss_kind"] == .string(kind))
      let told = try await owner.call("deal.get", ["id": lost["id"] ?? .null])
      #expect(told["loss_kind"] == .string(kind) && told["reason"] == reasons[kind])
    }
    let none = try await owner.call(
      "deal.invalidate", ["id": try await deal(company, pipeline), "reason": .integer(invalid.id)])
    #expect(none["loss_kind"] == nil)
    let open = try await deal(company, pipeline)
    for (kind, count) in [("dropped", 1), ("refused", 0), ("vanished", 2)] {
      let list = try await owner.call("deal.list", ["loss_kind": .string(kind)])
      #expect(list.items.count == count, "\(kind)")
      #expect(list.items.allSatisfy { $0["loss_kind"] == .string(kind) })
    }
    #expect(try await owner.call("deal.list").ids.contains(open.int64 ?? 0))
    let report = try await owner.call("report.funnel", ["pipeline": .integer(pipeline.id)])
    let expected: JSON = [
      "dropped": 1, "refused": 0, "vanished": 2, "invalid": 1, "unknown": 0,
    ]
    #expect(report["totals"]?["lost"] == 4 && report["totals"]?["lost_by"] == expected)
    #expect(report["stages"]?[0]?["lost_by"] == expected && report["stages"]?[0]?["lost_here"] == 4)
    #expect(report["stages"]?[1]?["lost_by"]?["vanished"] == 0)
    // What a reason counts as is what it is now.
    try await owner.call(
      "reason.update", ["id": reasons["vanished"] ?? .null, "loss_kind": "refused"])
    let after = try await owner.call("report.funnel", ["pipeline": .integer(pipeline.id)])
    #expect(after["totals"]?["lost_by"]?["refused"] == 2)
  }

  @Test("A reason demands a comment or spares it; else the company's rule for its list holds")
  func comments() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let pipeline = try await company.pipeline("Мебель", stages: [["name": "A"]])
    let cases: [(kind: String, step: String, setting: String)] = [
      ("loss", "deal.lose", "require_loss_comment"), ("win", "deal.win", "require_win_comment"),
      ("invalid", "deal.invalidate", "require_invalid_comment"),
    ]
    for (kind, step, setting) in cases {
      for isDemanded in [false, true] {
        let settings = try await owner.call("settings.update", [setting: .bool(isDemanded)])
        #expect(settings[setting] == .bool(isDemanded))
        for rule in ["required", "optional", nil] as [String?] {
          let name = "\(rule ?? "company") \(isDemanded)"
          var more: JSONObject = [:]
          more["comment"] = rule.map { .string($0) }
          let chosen = try await reason(company, kind, name, more)
          let demands = rule.map { $0 == "required" } ?? isDemanded
          var parameters: JSONObject = [
            "id": try await deal(company, pipeline), "reason": .integer(chosen.id),
          ]
          let refusal = try await owner.refusal(step, parameters)
          #expect((refusal?["comment_required"] == true) == demands, "\(step) \(name)")
          guard demands else { continue }
          parameters["comment"] = "Потому"
          #expect(try await owner.refusal(step, parameters) == nil, "\(step) \(name)")
        }
      }
    }
    let member = try await company.member("boris", .init(pipeline: pipeline.id, actions: ["view"]))
    #expect(
      try await member.client.refusal("settings.update", ["require_win_comment": true])?.kind
        == "forbidden")
  }
}
