internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("S4: cold calls, complaints, regular customers, refusals, nurturing, on hold")
struct OtherPipelinesStoryTests {
  private typealias Person = (id: Int64, client: TestClient)

  /// A company with some of the article's pipelines, in which nothing moves back.
  private struct Floor {
    static let selling = ["view", "create", "edit", "move", "close"]

    let company: TestCompany
    var pipelines: [String: JSON] = [:]

    static func make(_ codes: String...) async throws -> Floor {
      var floor = Floor(company: try await TestInstallation.make().company())
      for code in codes {
        let made = try await floor.company.owner.call(
          "pipeline.create", ["kind": "deal", "template": .string(code)])
        floor.pipelines[code] = try await floor.company.owner.call(
          "pipeline.update", ["id": .integer(made.id), "no_back": "enforce"])
      }
      return floor
    }

    func id(_ code: String) throws -> Int64 { try #require(pipelines[code]?.id) }

    /// Somebody who works in one pipeline and puts cards into others.
    func person(
      _ name: String, in code: String, cards: String = "all", handsTo others: String...
    ) async throws -> Person {
      let own = TestCompany.Right(pipeline: try id(code), actions: Self.selling, cards: cards)
      let person = try await company.member(name, own)
      for other in others {
        try await company.owner.call(
          "grant.give",
          [
            "pipeline": .integer(try id(other)), "to": ["user": .integer(person.id)],
            "actions": ["create"], "cards": "own",
          ])
      }
      return person
    }

    func reason(_ kind: String, _ name: String) async throws -> JSON {
      let reasons = try await company.owner.call("reason.list", ["kind": .string(kind)]).items
      return try #require(reasons.first { $0["name"] == .string(name) }?["id"])
    }

    /// A deal with a client, and with what is asked besides.
    func deal(
      _ title: String, in code: String, by person: Person, _ more: JSONObject = [:]
    ) async throws -> JSON {
      var parameters: JSONObject = [
        "pipeline": .integer(try id(code)), "title": .string(title),
        "contact": ["name": .string(title), "email": .string("\(title)@client.example")],
        "amount": ["amount": "350000.00", "currency": "RUB"],
      ]
      for member in more.members { parameters[member.name] = member.value }
      return .integer(try await person.client.call("deal.create", parameters).id)
    }

    /// A step; what stands in its way, or nil.
    @discardableResult
    func move(
      _ deal: JSON, to stage: String, of code: String, by person: Person, _ fields: JSON = [:]
    ) async throws -> RPCError? {
      let id = try #require(pipelines[code]?.stage(stage))
      return try await person.client.refusal(
        "deal.move", ["id": deal, "stage": .integer(id), "fields": fields])
    }

    /// On the base of a card another one in a pipeline into which its person does not see.
    func pass(
      _ deal: JSON, on code: String, by person: Person, _ more: JSONObject = [:]
    ) async throws -> JSON {
      var parameters: JSONObject = ["id": deal, "pipeline": .integer(try id(code))]
      for member in more.members { parameters[member.name] = member.value }
      let copied = try await person.client.call("deal.copy", parameters)
      #expect(copied["deal"]?.object?.members.map(\.name) == ["id"])
      let next = try #require(copied["deal"]?["id"])
      #expect(try await person.client.refusal("deal.get", ["id": next])?.kind == "not_found")
      return next
    }

    func won(_ name: String = "Качество") async throws -> JSONObject {
      ["reason": try await reason("win", name), "comment": "Как договорились"]
    }

    /// What somebody sees, oldest first.
    func seen(by person: Person) async throws -> [JSON] {
      try await person.client.call("deal.list").items.compactMap { $0["id"] }.reversed()
    }

    func place(_ deal: JSON) async throws -> (stage: JSON?, base: JSON?, outcome: JSON?) {
      let card = try await company.owner.call("deal.get", ["id": deal])
      let stages = pipelines.values.flatMap { $0["stages"]?.array ?? [] }
      let name = stages.first { $0["id"] == card["stage"] }?["name"]
      return (name, card["based_on"], card["outcome"])
    }
  }

  @Test("Cold calls: whom it was agreed with goes on to be qualified, and who calls sees no more")
  func telemarketing() async throws {
    let floor = try await Floor.make("telemarketing", "qualification", "sales")
    let caller = try await floor.person("caller", in: "telemarketing", handsTo: "qualification")
    let qualifier = try await floor.person("qualifier", in: "qualification", handsTo: "sales")
    let base = try await floor.company.owner.call(
      "deal.create",
      ["pipeline": .integer(try floor.id("telemarketing")), "title": "Из базы"])
    let cold: JSON = .integer(base.id)
    for stage in ["Обработали", "Получили обратную связь"] {
      #expect(try await floor.move(cold, to: stage, of: "telemarketing", by: caller) == nil)
    }
    let agreed = "Согласовали созвон/демонстрацию"
    let refusal = try await floor.move(cold, to: agreed, of: "telemarketing", by: caller)
    #expect(refusal?.kind == "stage_rule" && refusal?["missing"] == ["phone|email"])
    let olga = try await caller.client.call(
      "contact.create", ["name": "Ольга", "phone": "+7 916 123-45-67"])
    try await caller.client.call("deal.update", ["id": cold, "contact": .integer(olga.id)])
    #expect(try await floor.move(cold, to: agreed, of: "telemarketing", by: caller) == nil)
    #expect(
      try await floor.move(cold, to: "Обработали", of: "telemarketing", by: caller)?["no_back"]
        == true)
    let warm = try await floor.pass(
      cold, on: "qualification", by: caller, try await floor.won("Сервис и консультация"))
    let place = try await floor.place(warm)
    #expect(place.stage == "Заявка получена" && place.base == cold && place.outcome == "open")
    #expect(try await floor.place(cold).stage == "Успешно реализовано")
    #expect(try await floor.seen(by: caller) == [cold])
    #expect(try await floor.seen(by: qualifier) == [warm])
    #expect(try await qualifier.client.refusal("deal.get", ["id": cold])?.kind == "not_found")
    for stage in ["Связались с клиентом", "Потребность выяснена"] {
      #expect(try await floor.move(warm, to: stage, of: "qualification", by: qualifier) == nil)
    }
  }

  @Test("A complaint is decided before it is closed, and a right one becomes a deal again")
  func complaints() async throws {
    let floor = try await Floor.make("sales", "complaints")
    let seller = try await floor.person("seller", in: "sales", handsTo: "complaints")
    let service = try await floor.person("service", in: "complaints", handsTo: "sales")
    let sold = try await floor.deal("kitchen", in: "sales", by: seller)
    var won = try await floor.won()
    won["id"] = sold
    try await seller.client.call("deal.win", won)
    let complaint = try await floor.pass(sold, on: "complaints", by: seller)
    #expect(try await floor.place(complaint).stage == "Поступила новая рекламация")
    #expect(try await floor.place(complaint).base == sold)
    #expect(try await floor.seen(by: service) == [complaint])
    #expect(try await floor.seen(by: seller) == [sold])
    try await service.client.call("note.add", ["card": complaint, "text": "Скол на фасаде"])
    #expect(
      try await floor.move(
        complaint, to: "Рекламация взята в работу", of: "complaints", by: service) == nil)
    let decided = "Решение по рекламации вынесено"
    let refusal = try await floor.move(complaint, to: decided, of: "complaints", by: service)
    #expect(refusal?["missing"] == ["resolution"])
    // Nor is it closed without a decision.
    var early = try await floor.won("Сервис и консультация")
    early["id"] = complaint
    #expect(
      try await service.client.refusal("deal.win", early)?["missing"] == ["resolution"])
    #expect(
      try await floor.move(
        complaint, to: decided, of: "complaints", by: service,
        ["resolution": "Замена товара или услуги"]) == nil)
    let again = try await floor.pass(
      complaint, on: "sales", by: service, try await floor.won("Сервис и консультация"))
    #expect(try await floor.place(complaint).outcome == "won")
    #expect(try await floor.place(again).base == complaint)
    #expect(try await floor.seen(by: seller) == [sold, again])
    let notes = try await seller.client.call("note.list", ["card": again]).items
    #expect(notes.map { $0["text"] } == ["Скол на фасаде"])
  }

  @Test("Regular customers go round: what was bought ends, and the next purchase begins")
  func regularCustomers() async throws {
    let floor = try await Floor.make("regular_customers", "sales")
    let keeper = try await floor.person("keeper", in: "regular_customers")
    let seller = try await floor.person("seller", in: "sales", handsTo: "regular_customers")
    let sold = try await floor.deal("support", in: "sales", by: seller)
    var won = try await floor.won()
    won["id"] = sold
    try await seller.client.call("deal.win", won)
    var round = try await floor.pass(sold, on: "regular_customers", by: seller)
    var rounds = [round]
    for _ in 0..<2 {
      #expect(try await floor.place(round).stage == "Недавно купили")
      for stage in ["До покупки 30 дней", "До покупки 7 дней"] {
        #expect(try await floor.move(round, to: stage, of: "regular_customers", by: keeper) == nil)
      }
      won["id"] = round
      try await keeper.client.call("deal.win", won)
      #expect(try await floor.place(round).stage == "Купили")
      let next = try await keeper.client.call(
        "deal.copy", ["id": round, "pipeline": .integer(try floor.id("regular_customers"))])
      #expect(next["deal"]?["based_on"] == round)
      round = try #require(next["deal"]?["id"])
      rounds.append(round)
    }
    #expect(try await floor.seen(by: keeper) == rounds)
    // Whose sum is not known is not asked to pay.
    let bare = try await floor.deal(
      "bare", in: "regular_customers", by: keeper, ["amount": .null])
    #expect(
      try await floor.move(bare, to: "До покупки 7 дней", of: "regular_customers", by: keeper)?[
        "missing"] == ["amount"])
    var stopped: JSONObject = [
      "id": bare, "reason": try await floor.reason("loss", "Больше не нужно"),
    ]
    stopped["comment"] = "Перешли на своё"
    try await keeper.client.call("deal.lose", stopped)
    #expect(try await floor.place(bare).stage == "Перестали покупать")
    #expect(try await floor.seen(by: seller) == [sold])
  }

  @Test("A refusal goes to a trainee, who sees those of their own, and comes back with all notes")
  func refusals() async throws {
    let floor = try await Floor.make("sales", "refusals")
    let seller = try await floor.person("seller", in: "sales", handsTo: "refusals")
    let trainee = try await floor.person(
      "trainee", in: "refusals", cards: "own", handsTo: "sales")
    let other = try await floor.person("other", in: "refusals", cards: "own")
    var refused: [JSON] = []
    for (title, person) in [("dear", trainee), ("slow", other)] {
      let lost = try await floor.deal(title, in: "sales", by: seller)
      try await seller.client.call("note.add", ["card": lost, "text": "Считали \(title)"])
      try await seller.client.call(
        "deal.lose",
        [
          "id": lost, "reason": try await floor.reason("loss", "Дорого"),
          "comment": "Нашли дешевле",
        ])
      refused.append(
        try await floor.pass(
          lost, on: "refusals", by: seller, ["responsible": .integer(person.id)]))
    }
    #expect(try await floor.seen(by: trainee) == [refused[0]])
    #expect(try await floor.seen(by: other) == [refused[1]])
    #expect(
      try await trainee.client.refusal("deal.get", ["id": refused[1]])?.kind == "not_found")
    let offer = "Отправили клиенту предложение о следующей покупке"
    #expect(
      try await floor.move(refused[0], to: offer, of: "refusals", by: trainee)?["missing"]
        == ["next_purchase_on"])
    #expect(
      try await floor.move(
        refused[0], to: offer, of: "refusals", by: trainee, ["next_purchase_on": "2026-09-01"])
        == nil)
    #expect(
      try await floor.move(
        refused[0], to: "Клиент ответил согласием", of: "refusals", by: trainee) == nil)
    let back = try await floor.pass(
      refused[0], on: "sales", by: trainee, try await floor.won("Цена"))
    #expect(try await floor.place(back).stage == "Заявка получена")
    #expect(try await floor.place(back).base == refused[0])
    #expect(try await floor.seen(by: seller).contains(back))
    let notes = try await seller.client.call("note.list", ["card": back]).items
    #expect(notes.contains { $0["text"] == "Считали dear" })
    // And when they meant to buy.
    #expect(
      try await seller.client.call("deal.get", ["id": back])["fields"]
        == ["next_purchase_on": "2026-09-01"])
  }

  @Test("Who is not ready is nurtured out of the seller's sight, and comes back or opts out")
  func nurturing() async throws {
    let floor = try await Floor.make("sales", "nurturing")
    let seller = try await floor.person("seller", in: "sales", handsTo: "nurturing")
    let marketer = try await floor.person("marketer", in: "nurturing", handsTo: "sales")
    var warmed: [JSON] = []
    for title in ["ready", "tired"] {
      let thinking = try await floor.deal(title, in: "sales", by: seller)
      try await seller.client.call(
        "deal.lose",
        [
          "id": thinking, "comment": "Долго думает",
          "reason": try await floor.reason("loss", "Снята по правилам компании"),
        ])
      warmed.append(try await floor.pass(thinking, on: "nurturing", by: seller))
    }
    #expect(try await floor.seen(by: marketer) == warmed)
    #expect(try await floor.place(warmed[0]).stage == "Новая сделка для утепления")
    for stage in ["Сделка утеплялась 90 дней", "Предложили специальные условия"] {
      #expect(try await floor.move(warmed[0], to: stage, of: "nurturing", by: marketer) == nil)
    }
    let back = try await floor.pass(
      warmed[0], on: "sales", by: marketer, try await floor.won("Цена"))
    #expect(try await floor.place(warmed[0]).outcome == "won")
    #expect(try await floor.place(back).base == warmed[0])
    try await marketer.client.call(
      "deal.lose",
      [
        "id": warmed[1], "reason": try await floor.reason("loss", "Отписался от рассылки"),
        "comment": "Нажал «отписаться»",
      ])
    #expect(try await floor.place(warmed[1]).stage == "Отписался или не ответил")
    let open = try await seller.client.call("deal.list", ["outcome": "open"]).items
    #expect(open.map { $0["id"] } == [back])
  }

  @Test("S0: who may buy again waits on hold for a date, and begins anew in sales")
  func onHold() async throws {
    let floor = try await Floor.make("sales", "on_hold")
    let seller = try await floor.person("seller", in: "sales", handsTo: "on_hold")
    let keeper = try await floor.person("keeper", in: "on_hold", handsTo: "sales")
    let sold = try await floor.deal("wardrobe", in: "sales", by: seller)
    var won = try await floor.won()
    won["id"] = sold
    try await seller.client.call("deal.win", won)
    let onHold: JSON = .integer(try floor.id("on_hold"))
    let refusal = try await seller.client.refusal("deal.copy", ["id": sold, "pipeline": onHold])
    #expect(refusal?.kind == "stage_rule" && refusal?["missing"] == ["expected_on"])
    let waiting = try await floor.pass(
      sold, on: "on_hold", by: seller, ["fields": ["expected_on": "2027-03-01"]])
    #expect(try await floor.place(waiting).stage == "Ждём повторной покупки")
    #expect(try await floor.seen(by: keeper) == [waiting])
    #expect(
      try await floor.move(waiting, to: "Срок обращения подходит", of: "on_hold", by: keeper)
        == nil)
    let again = try await floor.pass(
      waiting, on: "sales", by: keeper, try await floor.won("Рекомендация"))
    #expect(try await floor.place(waiting).stage == "Обратился повторно")
    #expect(try await floor.place(again).base == waiting)
    #expect(try await floor.seen(by: seller) == [sold, again])
    #expect(try await floor.seen(by: keeper) == [waiting])
  }
}
