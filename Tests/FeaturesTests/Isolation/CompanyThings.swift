internal import JSON
internal import TestSupport

/// One of each thing that a company has, by its number; or numbers of things that never were.
struct CompanyThings: Sendable {
  var slug: String
  var plan: String
  var email: String
  var pipeline: Int64
  var firstStage: Int64
  var stage: Int64
  var emptyStage: Int64
  var lostStage: Int64
  var emptyPipeline: Int64
  var leadStage: Int64
  var lead: Int64
  var lostLead: Int64
  var deal: Int64
  var lostDeal: Int64
  var wonDeal: Int64
  var contact: Int64
  var idleContact: Int64
  var company: Int64
  var idleCompany: Int64
  var product: Int64
  var lossReason: Int64
  var winReason: Int64
  var invalidReason: Int64
  var field: Int64
  var team: Int64
  var childTeam: Int64
  var user: Int64
  var grant: Int64
  var importRecord: Int64
  var token: Int64
  var invoice: Int64
  var activity: Int64
  var contactStatus: Int64
  var activityType: Int64

  /// Numbers that no company has given to anything.
  static let never = CompanyThings(
    slug: "never", plan: "never", email: "nobody@never.example", pipeline: 9_000_001,
    firstStage: 9_000_002, stage: 9_000_003, emptyStage: 9_000_004, lostStage: 9_000_005,
    emptyPipeline: 9_000_006, leadStage: 9_000_025, lead: 9_000_007, lostLead: 9_000_008,
    deal: 9_000_009,
    lostDeal: 9_000_010, wonDeal: 9_000_031, contact: 9_000_011, idleContact: 9_000_012,
    company: 9_000_013,
    idleCompany: 9_000_014, product: 9_000_015, lossReason: 9_000_016, winReason: 9_000_017,
    invalidReason: 9_000_018, field: 9_000_019, team: 9_000_020, childTeam: 9_000_021,
    user: 9_000_022, grant: 9_000_023, importRecord: 9_000_024, token: 9_000_026,
    invoice: 9_000_027, activity: 9_000_028, contactStatus: 9_000_029, activityType: 9_000_030)

  /// Makes one of each in a company, with `mark` in every text; `number` tells sets of one company apart.
  static func make(
    in company: TestCompany, mark: String, number: Int = 0
  ) async throws -> CompanyThings {
    let owner = company.owner
    let name = "\(mark)\(number)"
    let text: (String) -> JSON = { .string("\(name) \($0)") }
    let pipeline = try await company.pipeline(
      "\(name) pipeline",
      stages: [
        ["name": text("first"), "hint": text("hint")], ["name": text("second")],
        ["name": text("empty")],
      ])
    let empty = try await company.pipeline("\(name) empty", stages: [["name": text("only")]])
    let leads = try await owner.call("pipeline.list", ["kind": "lead"]).items[0]
    let id = { (method: String, parameters: JSONObject) in
      try await owner.call(method, parameters).id
    }
    let team = try await company.team("\(name) team")
    let child = try await company.team("\(name) child", parent: team)
    let user = try await company.user(name.lowercased())
    let client = try await id("company.create", ["name": text("client")])
    let contact = try await id(
      "contact.create",
      [
        "name": text("contact"), "company": .integer(client),
        "phone": .string("+7 916 00\(number / 90 % 10)-00-\(10 + number % 90)"),
      ])
    let reason = { (kind: JSON) in
      try await id(
        "reason.create",
        kind == "loss"
          ? [
            "kind": kind, "name": text("reason"), "comment": "optional", "loss_kind": "vanished",
          ] : ["kind": kind, "name": text("reason"), "comment": "optional"])
    }
    let (loss, win) = (try await reason("loss"), try await reason("win"))
    let deal = try await id(
      "deal.create",
      [
        "pipeline": .integer(pipeline.id), "title": text("deal"), "contact": .integer(contact),
        "company": .integer(client), "source": text("source"),
      ])
    let lead = try await id("lead.create", ["title": text("lead"), "contact": .integer(contact)])
    let lost = { (kind: String, card: Int64) in
      try await owner.call(
        "\(kind).lose",
        ["id": .integer(card), "reason": .integer(loss), "comment": text("comment")]
      ).id
    }
    let grant = try await id(
      "grant.give",
      [
        "pipeline": .integer(pipeline.id), "to": ["user": .integer(user.id)],
        "actions": ["view"],
      ])
    try await owner.call("note.add", ["card": .integer(deal), "text": text("note")])
    return CompanyThings(
      slug: company.slug, plan: company.slug, email: "owner@\(company.slug).example",
      pipeline: pipeline.id, firstStage: pipeline.stage("\(name) first"),
      stage: pipeline.stage("\(name) second"), emptyStage: pipeline.stage("\(name) empty"),
      lostStage: pipeline["stages"]?.array?.first { $0["kind"] == "lost" }?.id ?? 0,
      emptyPipeline: empty.id, leadStage: leads["stages"]?[1]?.id ?? 0, lead: lead,
      lostLead: try await lost("lead", id("lead.create", ["title": text("lost lead")])),
      deal: deal,
      lostDeal: try await lost(
        "deal",
        id("deal.create", ["pipeline": .integer(pipeline.id), "title": text("lost deal")])),
      wonDeal: try await id(
        "deal.win",
        [
          "id": .integer(
            try await id(
              "deal.create", ["pipeline": .integer(pipeline.id), "title": text("won deal")])),
          "reason": .integer(win),
        ]),
      contact: contact, idleContact: try await id("contact.create", ["name": text("idle")]),
      company: client, idleCompany: try await id("company.create", ["name": text("idle")]),
      product: try await id("product.create", ["name": text("product")]), lossReason: loss,
      winReason: win, invalidReason: try await reason("invalid"),
      field: try await id(
        "field.create",
        [
          "for": "deal", "key": .string("\(name.lowercased())_key"), "name": text("field"),
          "type": "text",
        ]),
      team: team, childTeam: child, user: user.id, grant: grant,
      importRecord: try await id(
        "import.begin", ["source": text("source"), "kinds": ["company"]]),
      token: try await id("token.create", ["name": text("token")]),
      invoice: try await id(
        "invoice.create",
        [
          "deal": .integer(deal), "number": text("invoice"), "due_at": "2026-07-01",
          "amount": ["amount": "100", "currency": "RUB"],
        ]),
      activity: try await id(
        "activity.plan",
        [
          "card": .integer(deal), "type": "call", "due_at": "2030-01-01T00:00:00Z",
          "subject": text("activity"),
        ]),
      contactStatus: try await id("contact_status.create", ["name": text("status")]),
      activityType: try await id(
        "activity_type.create", ["name": text("type"), "base": "meeting"]))
  }
}
