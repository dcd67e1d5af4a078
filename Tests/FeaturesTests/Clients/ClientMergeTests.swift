internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

extension JSONObject {
  fileprivate func merging(_ more: JSONObject) -> JSONObject {
    var merged = self
    for member in more.members { merged[member.name] = member.value }
    return merged
  }
}

/// `contact.merge` and `company.merge`.
@Suite("Merging of clients")
struct ClientMergeTests {
  private func contact(
    _ name: String, _ more: JSONObject = [:], _ client: TestClient
  ) async throws -> Int64 {
    var parameters = more
    parameters["name"] = .string(name)
    return try await client.call("contact.create", parameters).id
  }

  @Test("The kept contact has the others' numbers, company and cards, and its history tells of it")
  func merge() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let client = try await owner.call("company.create", ["name": "Ромашка"]).id
    let kept = try await contact("Пётр", ["phone": "+79161234567"], owner)
    let other = try await contact(
      "Пётр Иванов",
      [
        "phones": ["89161234567", "+79161234568"], "email": "p@client.example",
        "company": .integer(client),
      ], owner)
    let lead = try await owner.call(
      "lead.create", ["title": "Кухня", "contact": .integer(other)])
    let request: JSONObject = ["id": .integer(kept), "from": [.integer(other)]]
    let dry = try await owner.call("contact.merge", request.merging(["dry_run": true]))
    #expect(dry["dry_run"] == true && dry["cards"] == 1)
    #expect(try await owner.call("contact.get", ["id": .integer(other)]).id == other)
    let merged = try await owner.call("contact.merge", request)
    #expect(merged["merged"] == [.integer(other)] && merged["cards"] == 1)
    let after = try await owner.call("contact.get", ["id": .integer(kept)])
    #expect(after == merged["contact"])
    #expect(after["name"] == "Пётр" && after["company"] == .integer(client))
    #expect(after["phones"] == ["+79161234567", "+79161234568"])
    #expect(after["emails"] == ["p@client.example"])
    let card = try await owner.call("lead.get", ["id": .integer(lead.id)])
    #expect(card["contact"] == .integer(kept) && card["version"] == 2)
    let history = try await owner.call("lead.history", ["id": .integer(lead.id)]).items
    #expect(history.last?["details"] == ["merged": .integer(other), "contact": .integer(kept)])
    // The id that is gone names the kept one, also after that was merged itself.
    #expect(try await owner.call("contact.get", ["id": .integer(other)]).id == kept)
    #expect(try await owner.call("contact.list").ids == [kept])
    let last = try await contact("Пётр И.", [:], owner)
    try await owner.call("contact.merge", ["id": .integer(last), "from": [.integer(kept)]])
    #expect(try await owner.call("contact.get", ["id": .integer(other)]).id == last)
    let late = try await owner.call(
      "lead.create", ["title": "Шкаф", "contact": .integer(other)])
    #expect(late["contact"] == .integer(last))
    let found = try await owner.call("card.search", ["query": "9161234568"]).items
    #expect(Set(found.compactMap { $0["card"]?["id"]?.int64 }) == [lead.id, late.id])
    let gone = try await owner.refusal("contact.update", ["id": .integer(other), "name": "X"])
    #expect(gone?.kind == "not_found")
    #expect(try await company.auditFindings() == [])
  }

  @Test("A member merges what they may edit, and nothing that has a card they may not")
  func rights() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Sales")
    let seller = try await company.user("seller")
    try await company.owner.call(
      "grant.give",
      [
        "pipeline": .integer(pipeline.id), "to": ["user": .integer(seller.id)],
        "actions": ["view", "create", "edit"], "cards": "own",
      ])
    let kept = try await contact("Kept", [:], seller.client)
    let other = try await contact("Other", [:], company.owner)
    let deal: JSONObject = ["pipeline": .integer(pipeline.id), "title": "A"]
    let request: JSONObject = ["id": .integer(kept), "from": [.integer(other)]]
    #expect(try await seller.client.refusal("contact.merge", request)?.kind == "not_found")
    let own = try await company.owner.call(
      "deal.create",
      deal.merging(["contact": .integer(other), "responsible": .integer(seller.id)]))
    let hidden = try await company.owner.call(
      "deal.create", deal.merging(["contact": .integer(other)]))
    #expect(try await seller.client.refusal("contact.merge", request)?.kind == "forbidden")
    #expect(
      try await company.owner.call("deal.get", ["id": .integer(own.id)])["contact"]
        == .integer(other))
    try await company.owner.call("deal.delete", ["id": .integer(hidden.id)])
    // It was entered by somebody else and goes all the same.
    let merged = try await seller.client.call("contact.merge", request)
    #expect(merged["cards"] == 1)
    #expect(
      try await seller.client.call("deal.get", ["id": .integer(own.id)])["contact"]
        == .integer(kept))
    #expect(try await company.owner.call("contact.list").ids == [kept])
    let itself = try await seller.client.refusal(
      "contact.merge", ["id": .integer(kept), "from": [.integer(kept)]])
    #expect(itself?.kind == "invalid_params")
  }

  @Test("Cards that come while contacts are merged into each other are all of one that is there")
  func concurrency() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    for round in 0..<6 {
      let ids = [
        try await contact("A", ["phone": .string("+7916123456\(round)")], owner),
        try await contact("B", ["phone": .string("+7916123457\(round)")], owner),
      ]
      let before = try await owner.call("lead.list", ["limit": 500]).items.count
      let made = try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<8 {
          group.addTask {
            try await owner.refusal(
              "lead.create", ["title": "L", "contact": .integer(ids[number % 2])]) == nil
          }
        }
        for (kept, other) in [(ids[0], ids[1]), (ids[1], ids[0])] {
          group.addTask {
            _ = try await owner.refusal(
              "contact.merge", ["id": .integer(kept), "from": [.integer(other)]])
            return false
          }
        }
        return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(made == 8)
      let all = try await owner.call("contact.list").items
      #expect(all.count == round + 1)
      let left = Array(all.suffix(1))
      #expect(left[0]["phones"]?.array?.count == 2)
      let leads = try await owner.call("lead.list", ["limit": 500]).items
      #expect(leads.count == before + 8)
      #expect(leads.prefix(8).allSatisfy { $0["contact"] == left[0]["id"] })
    }
  }

  @Test("The kept company has the others' cards, contacts and what it lacked")
  func companies() async throws {
    let owner = try await TestInstallation.make().company().owner
    let kept = try await owner.call(
      "company.create", ["name": "Ромашка", "fields": ["inn": "1"]]
    ).id
    let other = try await owner.call(
      "company.create",
      ["name": "Ромашка+", "fields": ["inn": "2", "kpp": "3"], "phones": ["+74951112233"]]
    ).id
    let person = try await contact("Анна", ["company": .integer(other)], owner)
    let lead = try await owner.call("lead.create", ["title": "L", "company": .integer(other)])
    let merged = try await owner.call(
      "company.merge", ["id": .integer(kept), "from": [.integer(other)]])
    #expect(merged["company"]?["fields"] == ["inn": "1", "kpp": "3"])
    #expect(merged["company"]?["phones"] == ["+74951112233"])
    #expect(
      try await owner.call("contact.get", ["id": .integer(person)])["company"] == .integer(kept))
    #expect(
      try await owner.call("lead.get", ["id": .integer(lead.id)])["company"] == .integer(kept))
    #expect(try await owner.call("company.get", ["id": .integer(other)]).id == kept)
    #expect(try await owner.call("company.list").ids == [kept])
  }

  @Test("What is erased of a kept contact is erased of what was merged into it")
  func erasure() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let kept = try await contact("Пётр", ["phone": "+79161234567"], owner)
    let other = try await contact(
      "Звездопадов", ["phone": "+79161234568", "idempotency_key": "other"], owner)
    let lead = try await owner.call(
      "lead.create", ["title": "Кухня Звездопадова, Звездопадов", "contact": .integer(other)])
    let trader = try await owner.call("company.create", ["name": "ИП Звездопадов"])
    let shared = try await owner.call("company.create", ["name": "Звездопадов и сыновья"])
    _ = try await contact("Сын", ["company": .integer(shared.id)], owner)
    try await owner.call("contact.merge", ["id": .integer(kept), "from": [.integer(other)]])
    let request: JSONObject = ["id": .integer(kept)]
    let dry = try await owner.call("contact.erase", request.merging(["dry_run": true]))
    #expect(
      dry["companies"] == [
        ["id": .integer(trader.id), "name": "ИП Звездопадов", "erased": false],
        ["id": .integer(shared.id), "name": "Звездопадов и сыновья", "erased": false],
      ])
    let done = try await owner.call("contact.erase", request.merging(["company": true]))
    #expect(done["companies"]?.array?.map { $0["erased"] } == [true, false])
    #expect(
      try await owner.call("company.get", ["id": .integer(trader.id)])["name"] == "ИП [стёрто]")
    let card = try await owner.call("lead.get", ["id": .integer(lead.id)])
    #expect(card["title"] == "Кухня Звездопадова, [стёрто]")
    let left = try await company.query(
      Statement(
        """
        select (select count(*) from contact_point p where p.tenant_id = $1::bigint),
          (select string_agg(m.name, ' ') from client_merge m where m.tenant_id = $1::bigint),
          (
            select count(*)
            from audit a
            where a.tenant_id = $1::bigint
              and a.noun = 'contact'
              and concat_ws(' ', a.before, a.after) like '%Звездопадов%'
          )
        """), .integer(company.id))[0]
    #expect(try left.integer(0) == 0)
    #expect(try left.string(1) == "[стёрто]")
    #expect(try left.integer(2) == 0)
    #expect(try await company.auditFindings() == [])
  }
}
