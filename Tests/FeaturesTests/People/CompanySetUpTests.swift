internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("Setting up a company that is there")
struct CompanySetUpTests {
  private static let request: JSONObject = ["template": "first_line_and_seniors"]

  private func stages(_ company: TestCompany) async throws -> [String] {
    let leads = try await company.owner.call("pipeline.list", ["kind": "lead"]).items[0]
    return (leads["stages"]?.array ?? []).compactMap { $0["name"]?.string }
  }

  @Test("One command makes a first line and two directions as S1 tells, and each sees its own")
  func firstLine() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    var dry = Self.request
    dry["dry_run"] = true
    let preview = try await owner.call("settings.apply_template", dry)
    #expect(preview["pipelines"]?.array?.map { $0["id"] } == [.null, .null])
    #expect(try await owner.call("team.list").items.isEmpty)
    let answer = try await owner.call("settings.apply_template", Self.request)
    #expect(answer["pipelines"]?.array?.map { $0["name"] } == ["Общее", "Услуги"])
    #expect(answer["pipelines"]?.array?.map { $0["made"] } == [true, true])
    #expect(answer["teams"]?.array?.count == 3 && answer["grants"] == 5)
    #expect(answer["stages_added"] == preview["stages_added"])
    #expect(
      try await stages(company) == [
        "Новая", "Квалификация", "Передать - общее", "Передать - услуги", "Завершена сделкой",
        "Проиграна",
      ])
    // It is what a company that begins with the template has.
    let other = try await company.installation.company("other", template: "first_line_and_seniors")
    for (list, parameters): (String, JSONObject) in [
      ("team.list", [:]), ("pipeline.list", ["kind": "deal"]),
    ] {
      let names = try await other.owner.call(list, parameters).texts("name")
      #expect(try await owner.call(list, parameters).texts("name") == names)
    }
    let shape = { (grant: JSON) in
      [grant["actions"], grant["cards"], grant["outcome"]].map { $0?.description ?? "" }
    }
    #expect(
      try await owner.call("grant.list").items.map(shape)
        == (try await other.owner.call("grant.list").items.map(shape)))
    #expect(try await stages(other) == stages(company))
    // The first line hands over into what it does not see.
    let teams = try await owner.call("team.list").ids
    let first = try await company.user("first", teams: [teams[0]])
    let seller = try await company.user("seller", teams: [teams[2]])
    #expect(try await first.client.call("pipeline.list").items.count == 3)
    let lead = try await first.client.call(
      "lead.create",
      ["title": "Кухня", "contact": ["name": "Пётр", "phone": "+7 916 123-45-67"]])
    let services = answer["pipelines"]?[1]?["id"] ?? .null
    let converted = try await first.client.call(
      "lead.convert", ["id": .integer(lead.id), "pipeline": services])
    #expect(converted["deal"]?.object?.members.map(\.name) == ["id"])
    #expect(try await seller.client.call("deal.list").items.count == 1)
    #expect(try await seller.client.call("lead.list").items.isEmpty)
  }

  @Test("What is there stays as it is: a second time nothing is made, and leads keep their stages")
  func again() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let own = try await company.pipeline("услуги", stages: [["name": "Своя"]])
    let lead = try await owner.call("lead.create", ["title": "Кухня"])
    let before = try await stages(company)
    let answer = try await owner.call("settings.apply_template", Self.request)
    #expect(answer["pipelines"]?.array?.contains { $0["id"] == .integer(own.id) } == true)
    #expect(answer["stages_removed"] == [])
    let after = try await stages(company)
    #expect(Set(before).isSubset(of: after) && after.contains("Передать - услуги"))
    #expect(try await owner.call("lead.get", ["id": .integer(lead.id)])["version"] == 1)
    #expect(
      try await owner.call("pipeline.get", ["id": .integer(own.id)])["stages"]?[0]?["name"]
        == "Своя")
    let version = try await owner.call("pipeline.list")["version"]
    let second = try await owner.call("settings.apply_template", Self.request)
    #expect(second["grants"] == 0 && second["stages_added"] == [] && second["reasons"] == 0)
    #expect(second["teams"]?.array?.allSatisfy { $0["made"] == false } == true)
    #expect(try await owner.call("pipeline.list")["version"] == version)
  }

  @Test("Who asked to be contacted later goes into a pipeline of its own, where that is asked for")
  func secondChance() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    try await owner.call("settings.apply_template", Self.request)
    var request = Self.request
    request["second_chance"] = true
    // Also where the two directions are there already.
    let answer = try await owner.call("settings.apply_template", request)
    #expect(answer["stages_added"] == ["Второй шанс"] && answer["fields"] == ["return_on"])
    #expect(answer["pipelines"]?.array?.map { $0["name"] } == ["Общее", "Услуги", "Второй шанс"])
    #expect(answer["pipelines"]?.array?.map { $0["made"] } == [false, false, true])
    #expect(answer["grants"] == 3)
    #expect(
      try await stages(company) == [
        "Новая", "Квалификация", "Передать - общее", "Передать - услуги", "Второй шанс",
        "Завершена сделкой", "Проиграна",
      ])
    let again = try await owner.call("settings.apply_template", request)
    #expect(again["stages_added"] == [] && again["grants"] == 0 && again["fields"] == [])
    let prospects = answer["pipelines"]?[2]?["id"] ?? .null
    let teams = try await owner.call("team.list").ids
    let first = try await company.user("first", teams: [teams[0]])
    let seller = try await company.user("seller", teams: [teams[1]])
    let lead = try await first.client.call(
      "lead.create", ["title": "Позже", "contact": ["name": "Пётр", "phone": "+7 916 123-45-67"]])
    let leads = try await owner.call("pipeline.list", ["kind": "lead"]).items[0]
    let moved = try await first.client.call(
      "lead.move",
      [
        "id": .integer(lead.id), "stage": .integer(leads.stage("Второй шанс")),
        "deal": ["fields": ["return_on": "2026-08-10"]],
      ])
    #expect(moved["lead"]?["outcome"] == "won")
    #expect(moved["deal"]?.object?.members.map(\.name) == ["id"])
    let waiting = try await seller.client.call("deal.list", ["pipeline": prospects]).items
    #expect(waiting.map { $0["id"] } == [moved["deal"]?["id"]])
    #expect(waiting.first?["fields"] == ["return_on": "2026-08-10"])
    #expect(waiting.first?["responsible"] == .integer(seller.id))
    // It takes room for one pipeline more.
    let small = try await company.installation.company("small", limits: ["deal_pipelines": 2])
    let refusal = try await small.owner.refusal("settings.apply_template", request)
    #expect(refusal?.kind == "plan_limit" && refusal?["limit"] == "deal_pipelines")
    #expect(try await small.owner.call("pipeline.list").items.count == 1)
    try await small.owner.call("settings.apply_template", Self.request)
  }

  @Test("A plan without room for two directions refuses, and nothing is made")
  func limits() async throws {
    let company = try await TestInstallation.make().company(limits: ["deal_pipelines": 1])
    let owner = company.owner
    let refusal = try await owner.refusal("settings.apply_template", Self.request)
    #expect(refusal?.kind == "plan_limit" && refusal?["limit"] == "deal_pipelines")
    #expect(try await owner.call("team.list").items.isEmpty)
    #expect(
      try await owner.refusal("settings.apply_template", ["template": "none"])?.kind == "invalid")
    let member = try await company.user("boris")
    #expect(
      try await member.client.refusal("settings.apply_template", Self.request)?.kind
        == "forbidden")
    var stale = Self.request
    stale["if_version"] = 1
    #expect(try await owner.refusal("settings.apply_template", stale)?.kind == "conflict")
  }
}
