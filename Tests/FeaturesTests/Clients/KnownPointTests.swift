internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

/// Requests of a new client that come at once.
@Suite("Several requests of one new client at once")
struct KnownPointTests {
  private static let number: JSON = "+7 916 123-45-67"

  /// What each of several calls at once answers.
  private func atOnce(
    _ count: Int, _ client: TestClient, _ method: String,
    _ parameters: @escaping @Sendable (Int) -> JSONObject
  ) async throws -> [JSON] {
    try await withThrowingTaskGroup(of: JSON.self) { group in
      for index in 0..<count {
        group.addTask { try await client.call(method, parameters(index)) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }

  @Test("Sixteen equal leads at once are of one contact, fifteen of them repeats")
  func leads() async throws {
    let owner = try await TestInstallation.make().company().owner
    for round in 0..<3 {
      let number = JSON.string("+7916000000\(round)")
      let leads = try await atOnce(16, owner, "lead.create") { _ in
        ["title": "Кухня", "contact": ["name": "Пётр", "phone": number]]
      }
      #expect(Set(leads.compactMap { $0["contact"]?.int64 }).count == 1)
      #expect(leads.filter { $0["repeat"] == true }.count == 15)
      #expect(try await owner.call("contact.list", ["phone": number]).items.count == 1)
    }
  }

  @Test("Deals and leads of one address at once, on two servers, are of one contact")
  func servers() async throws {
    let installation = try await TestInstallation.make()
    let company = try await installation.company()
    let pipeline = JSON.integer(try await company.pipeline("Sales").id)
    let there = try await installation.anotherServer().login("mebel", "owner@mebel.example")
    async let leads = atOnce(6, company.owner, "lead.create") { _ in
      ["title": "Кухня", "contact": ["email": "petr@client.example"]]
    }
    async let deals = atOnce(6, there, "deal.create") { _ in
      ["title": "Шкаф", "pipeline": pipeline, "contact": ["email": "PETR@client.example"]]
    }
    let cards = try await leads + deals
    #expect(Set(cards.compactMap { $0["contact"]?.int64 }).count == 1)
    #expect(cards.filter { $0["repeat"] == false }.count == 1)
  }

  @Test("Of equal contacts made at once, only the first has no duplicates")
  func contacts() async throws {
    let owner = try await TestInstallation.make().company().owner
    let contacts = try await atOnce(8, owner, "contact.create") { _ in
      ["name": "Пётр", "phone": Self.number]
    }
    let duplicates = contacts.map { $0["duplicates"]?.array?.count ?? -1 }
    #expect(duplicates.sorted() == Array(0..<8))
  }

  @Test(
    "Two who do not see each other's contacts each get their own, and one is told it is a repeat")
  func unseen() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = JSON.integer(try await company.pipeline("Sales").id)
    let (first, second) = (try await company.user("first"), try await company.user("second"))
    for user in [first, second] {
      try await company.owner.call(
        "grant.give",
        [
          "pipeline": pipeline, "to": ["user": .integer(user.id)], "actions": ["view", "create"],
          "cards": "own",
        ])
    }
    let parameters: JSONObject = [
      "title": "Кухня", "pipeline": pipeline, "contact": ["phone": Self.number],
    ]
    async let one = first.client.call("deal.create", parameters)
    async let other = second.client.call("deal.create", parameters)
    let deals = try await [one, other]
    #expect(deals[0]["contact"] != deals[1]["contact"])
    #expect(Set(deals.compactMap { $0["repeat"]?.bool }) == [true, false])
  }

  @Test("Two numbers in opposite order block nobody, and are of one contact")
  func crosswise() async throws {
    let company = try await TestInstallation.make().company()
    for round in 0..<8 {
      let (a, b) = (JSON.string("+7916000010\(round)"), JSON.string("+7916000020\(round)"))
      let leads = try await atOnce(8, company.owner, "lead.create") { index in
        [
          "title": "Кухня",
          "contact": ["name": "Пётр", "phones": .array(index % 2 == 0 ? [a, b] : [b, a])],
        ]
      }
      #expect(Set(leads.compactMap { $0["contact"]?.int64 }).count == 1)
    }
    let database = company.installation.database
    let deadlocks = try await database.connected(as: database.superuser) { connection in
      try await connection.executeScript(
        "select deadlocks from pg_stat_database where datname = current_database()")[0][0]
        .integer(0)
    }
    #expect(deadlocks == 0)
  }

  @Test("While one number is held, a request with another goes on; one with the same would wait")
  func others() async throws {
    let company = try await TestInstallation.make().company()
    let database = company.installation.database
    let hold = """
      select set_config('voronka.tenant_id', '\(company.id)', true);
      select voronka.hold_contact_points(\(company.id), '{+79161234567}', '{}');
      """
    try await database.connected(as: database.application) { holder in
      _ = try await holder.executeScript("begin; " + hold)
      let lead = try await company.owner.call(
        "lead.create", ["title": "Кухня", "contact": ["phone": "+7 916 123-45-68"]])
      #expect(lead["repeat"] == false)
      let same = await #expect(throws: PostgresError.self) {
        try await database.connected(as: database.application) { other in
          _ = try await other.executeScript("begin; set local lock_timeout = '50ms'; " + hold)
        }
      }
      #expect(same?.sqlState == .lockNotAvailable)
      _ = try await holder.executeScript("commit")
    }
    let lead = try await company.owner.call(
      "lead.create", ["title": "Кухня", "contact": ["phone": Self.number]])
    #expect(lead["repeat"] == false)
  }

  @Test("Rows of two imports and requests at once find each other's new contacts")
  func imports() async throws {
    let first = try await ImportedCompany.make()
    let second = try await ImportedCompany.begin(
      first.company, source: "amo", pipeline: .integer(first.pipeline))
    // Few rows are held number by number, many at once.
    for (round, count) in [5, 150, 150].enumerated() {
      let numbers = (0..<count).map { "+7916\(1_000_000 + round * 1000 + $0)" }
      let rows = numbers.enumerated().map { index, number -> JSON in
        [
          "external_id": .string("\(round)-\(index)"), "title": "Кухня",
          "contact": ["name": "Пётр", "phone": .string(number)],
          "line": .integer(round * 1000 + index + 2),
        ]
      }
      async let one = first.send("deal", rows)
      async let other = second.send("deal", rows)
      async let lead = first.company.owner.call(
        "lead.create", ["title": "Шкаф", "contact": ["phone": .string(numbers[0])]])
      let answers = try await [one, other]
      _ = try await lead
      #expect(answers.allSatisfy { $0["accepted"] == .integer(count) }, "\(answers)")
    }
    let numbers = "count(distinct phone_normalised) from voronka.contact"
    #expect(try await first.number("select " + numbers) == 305)
    #expect(try await first.number("select count(*) from voronka.contact") == 305)
  }
}
