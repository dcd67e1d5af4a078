internal import Features
internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules
internal import TestSupport
internal import Testing

@Suite("Pauses of cards")
struct PauseTests {
  @Test(
    "A pause stops all three clocks and is shown with its end, reason and author; it ends by itself"
  )
  func stopping() async throws {
    let scene = try await ClockScene.make()
    scene.pass(days: 10)
    let answer = try await scene.pause(days: 6)
    let paused: JSON = [
      "since": .string(scene.now.description), "until": scene.later(days: 6),
      "reason": "Client on holiday", "by": .integer(scene.user),
    ]
    #expect(answer["clocks"]?["paused"] == paused && answer["version"] == 2)
    scene.pass(days: 5)
    #expect(try await scene.days() == [10, 10, 0])
    #expect(try await scene.clocks()["paused"] == paused)
    #expect(try await scene.clocks()["overstayed"] == false)
    scene.pass(days: 1)
    #expect(try await scene.clocks()["paused"] == .null)
    scene.pass(days: 4)
    #expect(try await scene.days() == [14, 14, 4])
    #expect(try await scene.item("deal.list")?["overstayed"] == nil)
    scene.pass(days: 1)
    #expect(try await scene.item("deal.list")?["overstayed"] == true)
    #expect(try await scene.clocks()["overstayed"] == true)
    // A second one, after the first has run out.
    try await scene.pause(days: 2)
    scene.pass(days: 3)
    #expect(try await scene.days() == [16, 16, 1])
  }

  @Test(
    "It is shown on board and lists, which can be asked for it; neglected cards leave it out until it ends"
  )
  func showing() async throws {
    let scene = try await ClockScene.make()
    #expect(try await scene.neglected() == [scene.deal])
    #expect(try await scene.item("deal.list")?["paused"] == nil)
    try await scene.pause(days: 5)
    let mark: JSON = ["until": scene.later(days: 5), "reason": "Client on holiday"]
    #expect(try await scene.item("deal.list")?["paused"] == mark)
    #expect(try await scene.onBoard()?["paused"] == mark)
    #expect(try await scene.neglected() == [])
    let other = try await scene.owner.call(
      "deal.create", ["title": "Шкаф", "pipeline": .integer(scene.pipeline.id)]
    ).id
    func listed(_ paused: Bool, _ more: JSONObject = [:]) async throws -> [Int64] {
      var params = more
      params["paused"] = .bool(paused)
      return try await scene.owner.call("deal.list", params).items.map(\.id)
    }
    #expect(try await listed(true) == [scene.deal])
    #expect(try await listed(false) == [other])
    try await scene.owner.call(
      "field.create", ["for": "deal", "key": "budget", "name": "Бюджет", "type": "number"])
    try await scene.owner.call("deal.update", ["id": scene.id, "fields": ["budget": 5]])
    #expect(try await listed(true, ["fields": ["budget": 5]]) == [scene.deal])
    #expect(try await listed(false, ["fields": ["budget": 5]]) == [])
    scene.pass(days: 5)
    #expect(try await listed(true) == [])
    #expect(try await listed(false) == [other, scene.deal])
    #expect(try await scene.onBoard()?["paused"] == nil)
    #expect(try await scene.neglected().sorted() == [scene.deal, other])
  }

  @Test("Until a day is until that day begins in the company's time zone")
  func days() async throws {
    let scene = try await ClockScene.make()
    try await scene.owner.call("settings.update", ["timezone": "Asia/Kamchatka"])
    let params: JSONObject = ["id": scene.id, "until": "2026-06-02", "reason": "Отпуск"]
    let answer = try await scene.owner.call("card.pause", params)
    #expect(answer["clocks"]?["paused"]?["until"] == "2026-06-01T12:00:00Z")
    scene.company.installation.clock.advance(seconds: 3 * 3600)
    let refusal = try await scene.owner.refusal("card.pause", params)
    #expect(refusal?.kind == "invalid")
  }

  @Test("It ends in the future, within 366 days, has a reason, and is of an open card")
  func refusals() async throws {
    let scene = try await ClockScene.make()
    func refusal(_ until: JSON, reason: JSON = "Отпуск") async throws -> String? {
      try await scene.owner.refusal(
        "card.pause", ["id": scene.id, "until": until, "reason": reason])?.kind
    }
    for past in ["2026-06-01", "2020-01-01", "0001-01-01", "2026-06-01T09:00:00Z"] {
      #expect(try await refusal(.string(past)) == "invalid", "\(past)")
    }
    for far in ["2027-06-03", "9999-12-31", "2027-06-02T09:00:01Z"] {
      #expect(try await refusal(.string(far)) == "invalid", "\(far)")
    }
    for wrong: JSON in ["tomorrow", "2026-02-30", 5] {
      #expect(try await refusal(wrong) == "invalid_params", "\(wrong)")
    }
    for reason: JSON in ["", " ", .null, .string(String(repeating: "x", count: 501))] {
      #expect(try await refusal("2026-07-01", reason: reason) == "invalid_params", "\(reason)")
    }
    #expect(try await scene.clocks()["paused"] == .null)
    #expect(try await refusal("2027-06-02T09:00:00Z") == nil)
    try await scene.owner.call(
      "deal.lose", ["id": scene.id, "reason": try await scene.lossReason(), "comment": "Нет"])
    let closed = try await scene.owner.refusal(
      "card.pause", ["id": scene.id, "until": "2026-07-01", "reason": "Отпуск"])
    #expect(closed?.kind == "stage_rule" && closed?["already_closed"] == "lost")
  }

  @Test(
    "Paused anew it has another end and reason from the same beginning; history tells all of it")
  func anew() async throws {
    let scene = try await ClockScene.make()
    let (first, since) = (scene.later(days: 10), scene.now)
    try await scene.pause(days: 10)
    scene.pass(days: 1)
    let second = scene.later(days: 2)
    let answer = try await scene.pause(days: 2, "Sooner")
    #expect(answer["clocks"]?["paused"]?["since"] == .string(since.description))
    #expect(answer["clocks"]?["paused"]?["until"] == second && answer["version"] == 3)
    // The same once more changes nothing.
    #expect(try await scene.pause(days: 2, "Sooner")["version"] == 3)
    scene.pass(days: 1)
    let resumed = try await scene.owner.call("card.resume", ["id": scene.id])
    #expect(resumed["clocks"]?["paused"] == .null && resumed["version"] == 4)
    #expect(try await scene.owner.call("card.resume", ["id": scene.id])["version"] == 4)
    scene.pass(days: 3)
    #expect(try await scene.days() == [3, 3, 3])
    let history = try await scene.owner.call("deal.history", ["id": scene.id]).items
    #expect(history.map { $0["change"] } == ["created", "paused", "paused", "resumed"])
    #expect(history[1]["details"] == ["until": first, "reason": "Client on holiday"])
    #expect(
      history[2]["details"] == [
        "until": second, "reason": "Sooner", "until_before": first,
        "reason_before": "Client on holiday",
      ])
    #expect(history[3]["details"] == ["until": second])
    #expect(history[3]["user"] == .integer(scene.user))
  }

  @Test("Moving and editing leave it paused; closing ends it, and reopened it runs")
  func lasting() async throws {
    let scene = try await ClockScene.make()
    scene.pass(days: 1)
    try await scene.pause(days: 20)
    scene.pass(days: 1)
    try await scene.owner.call(
      "deal.move", ["id": scene.id, "stage": .integer(scene.pipeline.stage("B"))])
    try await scene.owner.call("deal.update", ["id": scene.id, "title": "Шкаф"])
    #expect(try await scene.clocks()["paused"]?["reason"] == "Client on holiday")
    #expect(try await scene.onBoard()?["paused"] != nil)
    scene.pass(days: 1)
    #expect(try await scene.days() == [0, 1, 0])
    try await scene.owner.call(
      "deal.lose", ["id": scene.id, "reason": try await scene.lossReason(), "comment": "Нет"])
    #expect(try await scene.clocks()["paused"] == .null)
    #expect(try await scene.item("deal.list", ["paused": true]) == nil)
    #expect(try await scene.item("deal.list", ["paused": false]) != nil)
    scene.pass(days: 2)
    try await scene.owner.call("deal.reopen", ["id": scene.id])
    #expect(try await scene.clocks()["paused"] == .null)
    scene.pass(days: 2)
    #expect(try await scene.days() == [2, 3, 2])
  }

  @Test("Who may edit pauses, who only looks sees it, and for others the card is not there")
  func rights() async throws {
    let scene = try await ClockScene.make()
    let other = try await scene.company.pipeline("Аренда", stages: [["name": "A"]])
    let editor = try await scene.company.member(
      "editor", .init(pipeline: scene.pipeline.id, actions: ["view", "edit"]))
    let viewer = try await scene.company.member(
      "viewer", .init(pipeline: scene.pipeline.id, actions: ["view"]))
    let mover = try await scene.company.member(
      "mover", .init(pipeline: scene.pipeline.id, actions: ["view", "move", "close"]))
    let stranger = try await scene.company.member(
      "stranger", .init(pipeline: other.id, actions: ["view", "edit"]))
    let params: JSONObject = ["id": scene.id, "until": "2026-07-01", "reason": "Отпуск"]
    for method in ["card.pause", "card.resume"] {
      let asked = method == "card.pause" ? params : ["id": scene.id]
      for person in [viewer, mover] {
        let refusal = try await person.client.refusal(method, asked)
        #expect(refusal?.kind == "forbidden" && refusal?["needs"] == "edit", "\(method)")
      }
      #expect(try await stranger.client.refusal(method, asked)?.kind == "not_found", "\(method)")
    }
    let paused = try await editor.client.call("card.pause", params)
    #expect(paused["clocks"]?["paused"]?["by"] == .integer(editor.id))
    let seen = try await viewer.client.call("deal.get", ["id": scene.id])["clocks"]
    #expect(seen == paused["clocks"] && seen != nil)
    #expect(try await viewer.client.call("deal.list", ["paused": true]).items.count == 1)
    // Another pause of a member's, the end by hand, and the end by closing, under the member's own rights.
    var sooner = params
    sooner["until"] = "2026-06-20"
    try await editor.client.call("card.pause", sooner)
    try await editor.client.call("card.resume", ["id": scene.id])
    try await editor.client.call("card.pause", params)
    try await mover.client.call(
      "deal.lose", ["id": scene.id, "reason": try await scene.lossReason(), "comment": "Нет"])
    #expect(try await scene.clocks()["paused"] == .null)
  }

  @Test("A version that is known no more and a key that was used do what they do everywhere")
  func repeating() async throws {
    let scene = try await ClockScene.make()
    let params: JSONObject = [
      "id": scene.id, "until": "2026-07-01", "reason": "Отпуск", "if_version": 1,
      "idempotency_key": "k",
    ]
    let first = try await scene.owner.call("card.pause", params)
    #expect(try await scene.owner.call("card.pause", params) == first)
    var stale = params
    (stale["idempotency_key"], stale["until"]) = (nil, "2026-07-02")
    #expect(try await scene.owner.refusal("card.pause", stale)?.kind == "conflict")
    let resume: JSONObject = ["id": scene.id, "if_version": 1]
    #expect(try await scene.owner.refusal("card.resume", resume)?.kind == "conflict")
    #expect(try await scene.clocks()["paused"]?["until"] == first["clocks"]?["paused"]?["until"])
  }

  @Test(
    "Of many that pause and resume at once each finds the other's work, and one pause runs at most")
  func races() async throws {
    let scene = try await ClockScene.make()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 1...6 {
        group.addTask {
          if number.isMultiple(of: 3) {
            try await scene.owner.call("card.resume", ["id": scene.id])
          } else {
            try await scene.pause(days: Int64(number), "No. \(number)")
          }
        }
      }
      try await group.waitForAll()
    }
    let rows = try await scene.company.query(
      Statement(
        """
        select count(*) filter (where p.ended_at is null),
          bool_and(coalesce(p.ended_at, p.until) <= c.paused_until),
          bool_or(coalesce(p.ended_at, p.until) = c.paused_until)
        from card_pause p
        join card c on c.tenant_id = p.tenant_id and c.id = p.card_id
        where p.tenant_id = $1::bigint
        """), .integer(scene.company.id))[0]
    #expect(try rows.integer(0) <= 1)
    #expect(try rows.bool(1) && rows.bool(2))
  }

  @Test("Feed and audit tell of it as of the deal or lead")
  func events() async throws {
    let scene = try await ClockScene.make()
    try await scene.owner.call("event.subscribe", ["nouns": ["deal"]])
    try await scene.pause(days: 5, "Secret reason")
    var event = try await scene.owner.told.next()
    // What was done before may be numbered only now.
    while event["name"] == "deal.create" { event = try await scene.owner.told.next() }
    #expect(event["name"] == "card.pause" && event["noun"] == "deal" && event.id == scene.deal)
    #expect(event["version"] == 2 && event["pipeline"] == .integer(scene.pipeline.id))
    #expect(!event.description.contains("Secret"))
    let audit = try await scene.owner.call(
      "audit.list", ["noun": "deal", "subject": .string(String(scene.deal))])
    #expect(audit.items.contains { $0["method"] == "card.pause" })
    #expect(try await scene.company.auditFindings() == [])
  }

  @Test("With a contact's data goes what stands of it in reasons")
  func erasure() async throws {
    let scene = try await ClockScene.make()
    let contact = try await scene.owner.call(
      "contact.create", ["name": "Пётр Иванов", "phone": "+7 916 123-45-67"])
    try await scene.owner.call(
      "deal.update", ["id": scene.id, "contact": .integer(contact.id)])
    try await scene.pause(days: 5, "Пётр Иванов в отпуске")
    try await scene.pause(days: 6, "Пётр Иванов, +7 916 123-45-67, болеет")
    let counted = try await scene.owner.call(
      "contact.erase", ["id": .integer(contact.id), "dry_run": true])
    #expect(counted["pauses"] == 1)
    try await scene.owner.call("contact.erase", ["id": .integer(contact.id)])
    let reason = try #require(try await scene.clocks()["paused"]?["reason"]?.string)
    #expect(!reason.contains("Пётр") && !reason.contains("123") && reason.contains("болеет"))
    let history = try await scene.owner.call("deal.history", ["id": scene.id]).description
    #expect(!history.contains("Пётр"))
    #expect(try await scene.company.auditFindings() == [])
  }
}
