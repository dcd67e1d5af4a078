internal import JSON
internal import SalesRules

/// What a company's admin does to set it up; each step looks before it makes.
struct CompanySetup: Sendable {
  let admin: Caller

  /// The ids of the teams by name.
  func teams() async throws -> [String: Int64] {
    Self.ids(try await admin.items("team.list"), by: "name")
  }

  /// The id of the lead pipeline, and those of the deal pipelines by name.
  func pipelines() async throws -> (leads: Int64?, deals: [String: Int64]) {
    let items = try await admin.items("pipeline.list")
    let leads = items.first { $0["kind"]?.string == CardKind.lead.rawValue }
    let deals = items.filter { $0["kind"]?.string == CardKind.deal.rawValue }
    return (leads?["id"]?.int64, Self.ids(deals, by: "name"))
  }

  /// The ids of the people by e-mail.
  func users() async throws -> [String: Int64] {
    Self.ids(try await admin.items("user.list"), by: "email")
  }

  /// A person with a password, in the teams given.
  func createUser(
    _ colleague: Colleague, password: String, teams: [Int64]
  ) async throws -> Int64 {
    try Caller.id(
      await admin.call(
        "user.create",
        [
          "email": .string(colleague.email), "name": .string(colleague.name),
          "password": .string(password), "role": .string(TenantRole.member.rawValue),
          "teams": .array(teams.map { .integer($0) }),
        ]))
  }

  func setLead(team: Int64, user: Int64) async throws {
    try await admin.call(
      "team.set_lead", ["team": .integer(team), "user": .integer(user), "lead": true])
  }

  /// Rights on a pipeline's cards; giving them again changes nothing.
  func give(
    _ actions: [Action], on pipeline: Int64, to subject: JSON, outcome: OutcomeScope
  ) async throws {
    try await admin.call(
      "grant.give",
      [
        "pipeline": .integer(pipeline), "to": subject,
        "actions": .array(actions.map { .string($0.rawValue) }),
        "cards": .string(CardScope.all.rawValue), "outcome": .string(outcome.rawValue),
      ])
  }

  /// A deal pipeline from a template, made where none has the name.
  func ensurePipeline(
    _ name: String, template: PipelineTemplate, known: [String: Int64]
  ) async throws -> Int64 {
    if let id = known[name] { return id }
    return try Caller.id(
      await admin.call(
        "pipeline.create",
        [
          "kind": .string(CardKind.deal.rawValue), "name": .string(name),
          "template": .string(template.code),
        ]))
  }

  /// Pauses two of the newest open deals, as sellers do when a client is away.
  func pauseSome(in language: Language, now: Timestamp) async throws {
    let reasons =
      language == .ru
      ? ["Клиент в отпуске, просил вернуться позже", "Ждёт конца ремонта"]
      : ["Client on holiday, asked to come back", "Waits for the renovation to end"]
    let open = try await admin.call("deal.list", ["outcome": "open", "limit": 2])["items"]?.array
    for (index, (deal, reason)) in zip(open ?? [], reasons).enumerated() {
      let until = now.adding(seconds: Int64(20 + 15 * index) * 86_400)
      try await admin.call(
        "card.pause",
        [
          "id": .integer(try Caller.id(deal)), "until": .string(until.description),
          "reason": .string(reason),
        ])
    }
  }

  private static func ids(_ items: [JSON], by member: String) -> [String: Int64] {
    Dictionary(
      items.compactMap { item in
        guard let key = item[member]?.string, let id = item["id"]?.int64 else { return nil }
        return (key, id)
      }, uniquingKeysWith: { first, _ in first })
  }
}
