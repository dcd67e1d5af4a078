internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("S1: a first line and two senior teams", .timeLimit(.minutes(3)))
struct FirstLineStoryTests {
  @Test("From the form to the seller of the direction: what each person sees at each step")
  func story() async throws {
    let floor = try await SalesFloor.make()
    let (first, general, services) = (
      floor.first.client, floor.generalSeller.client, floor.servicesSeller.client
    )
    // A form is filled in. The first line sees it, the seniors do not.
    let lead = try await first.call(
      "lead.create", ["title": "Заявка с сайта", "source": "site form"])
    let id = JSON.integer(lead.id)
    #expect(lead["repeat"] == false && lead["responsible"] == .integer(floor.first.id))
    #expect(try await first.call("lead.list").ids == [lead.id])
    for senior in [general, services] {
      #expect(try await senior.call("lead.list").items.isEmpty)
      #expect(try await senior.refusal("lead.get", ["id": id])?.kind == "not_found")
      #expect(try await senior.call("pipeline.list").items.count == 1)
    }
    // It qualifies. Without a name and a way to reach the client nothing is handed over.
    try await first.call("lead.move", ["id": id, "stage": floor.stage(1, of: floor.leads)])
    let transfer = JSON.integer(floor.leads.stage("Передать - услуги"))
    let refusal = try await first.refusal("lead.move", ["id": id, "stage": transfer])
    #expect(refusal?.kind == "stage_rule" && refusal?["missing"] == ["name", "phone|email"])
    let contact = try await first.call(
      "contact.create", ["name": "Пётр", "phone": "+7 916 123-45-67"])
    try await first.call("lead.update", ["id": id, "contact": .integer(contact.id)])
    try await first.call("note.add", ["card": id, "text": "Нужен монтаж"])
    let call = try await first.call(
      "activity.plan", ["card": id, "type": "call", "due_at": "2030-01-01T00:00:00Z"])
    try await first.call(
      "activity.complete", ["id": .integer(call.id), "outcome": "Хочет дуб"])
    // One move, and its work is done: it learns the number of the deal and no more.
    let moved = try await first.call("lead.move", ["id": id, "stage": transfer])
    #expect(moved["lead"]?["outcome"] == "won")
    let deal = moved["deal"]?["id"] ?? .null
    #expect(try await first.refusal("deal.get", ["id": deal])?.kind == "not_found")
    #expect(try await first.call("deal.list").items.isEmpty)
    #expect(try await first.call("lead.list", ["outcome": "open"]).items.isEmpty)
    // The seller of the direction finds it among the new ones, as theirs; the other direction does not.
    let new = try await services.call(
      "deal.list", ["stage": floor.stage(0, of: floor.services), "outcome": "open"])
    #expect(new.items.map { $0["id"] } == [deal])
    #expect(new.items.first?["responsible"] == .integer(floor.servicesSeller.id))
    #expect(new.items.first?["contact"] == .integer(contact.id))
    #expect(try await services.call("note.list", ["card": deal]).texts("text") == ["Нужен монтаж"])
    // What was said with the client is told to the senior, under the lead's number, and the lead keeps it.
    let said = try await services.call("activity.list", ["card": deal])
    #expect(said.texts("outcome") == ["Хочет дуб"])
    #expect(
      said.items.first?["card"] == id && said.items.first?["created_by"] == .integer(floor.first.id)
    )
    #expect(said.items.first?["responsible"] == .integer(floor.first.id))
    let read = try await services.call("activity.get", ["id": .integer(call.id)])
    #expect(read == said.items.first)
    #expect(try await first.call("activity.list", ["card": id]).ids == [call.id])
    for method in ["activity.get", "activity.cancel"] {
      #expect(try await general.refusal(method, ["id": .integer(call.id)])?.kind == "not_found")
    }
    #expect(
      try await services.refusal("activity.cancel", ["id": .integer(call.id)])?.kind == "not_found")
    #expect(try await services.refusal("activity.list", ["card": id])?.kind == "not_found")
    // Where the deal comes from is told by its number, of which a senior may see no more.
    let chain = try await services.call("deal.history", ["id": deal])["chain"]
    #expect(
      chain == [
        ["id": id],
        [
          "id": deal, "kind": "deal", "pipeline": .integer(floor.services.id), "outcome": "open",
          "based_on": id,
        ],
      ])
    #expect(try await general.call("deal.list").items.isEmpty)
    #expect(try await general.refusal("deal.get", ["id": deal])?.kind == "not_found")
    // The client asks again: the lead is a repeat one, and the first line is told that it comes first, with
    // those of the earlier cards that it may see: the lead, and not the deal.
    try await first.call("event.subscribe")
    let again = try await first.call(
      "lead.create", ["title": "Ещё раз", "contact": ["phone": "8 (916) 123 45 67"]])
    #expect(again["repeat"] == true && again["contact"] == .integer(contact.id))
    let told = try await Self.told(first, by: "lead.repeat") {
      try await first.call("lead.create", ["title": "Кто-то другой"]).id
    }
    #expect(told.map { $0["id"] } == [.integer(again.id)])
    #expect(told.first?["responsible"] == .integer(floor.first.id))
    #expect(told.first?["earlier"] == [id])
  }

  /// The events of a name that a client was told before it is told of a card which is made now.
  private static func told(
    _ client: TestClient, by name: JSON, before last: () async throws -> Int64
  ) async throws -> [JSON] {
    let last = JSON.integer(try await last())
    var events: [JSON] = []
    while true {
      let event = try await client.told.next()
      if event["id"] == last { return events.filter { $0["name"] == name } }
      events.append(event)
    }
  }

  @Test("A company without leads takes deals at once, and finds known clients there")
  func simple() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    let lead = try await floor.lead()
    let settings = try await owner.call("settings.update", ["leads": false])
    #expect(settings["leads"] == false)
    let refusal = try await floor.first.client.refusal("lead.create", ["title": "Кухня"])
    #expect(refusal?.kind == "stage_rule" && refusal?["leads_off"] == true)
    let read = try await floor.first.client.call("lead.get", ["id": .integer(lead.id)])
    #expect(read["outcome"] == "open")
    let closed = try await owner.call(
      "lead.lose",
      ["id": .integer(lead.id), "reason": try await floor.reason("loss"), "comment": "Дорого"])
    #expect(closed["outcome"] == "lost")
    let deal = try await owner.call(
      "deal.create",
      [
        "title": "Шкаф", "pipeline": .integer(floor.general.id),
        "contact": ["phone": "8 (916) 123 45 67"],
      ])
    #expect(deal["repeat"] == true)
    // Whoever is responsible is told that it comes first, with the cards of the client that they may see.
    let seller = floor.generalSeller.client
    try await seller.call("event.subscribe")
    func ask(_ phone: String) async throws -> Int64 {
      try await owner.call(
        "deal.create",
        [
          "title": "Ещё раз", "pipeline": .integer(floor.general.id),
          "responsible": .integer(floor.generalSeller.id), "contact": ["phone": .string(phone)],
        ]
      ).id
    }
    let again = try await ask("+79161234567")
    let told = try await Self.told(seller, by: "deal.repeat") { try await ask("+79160000001") }
    #expect(told.last?["id"] == .integer(again))
    #expect(told.last?["responsible"] == .integer(floor.generalSeller.id))
    #expect(told.last?["earlier"] == [.integer(deal.id)])
    #expect(try await owner.call("settings.update", ["leads": true])["leads"] == true)
    try await floor.first.client.call("lead.create", ["title": "Кухня"])
  }
}
