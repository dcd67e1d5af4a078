internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("Ways out of the lead pipeline")
struct WayOutTests {
  private static let client: JSON = ["name": "Пётр", "phone": "+7 916 123-45-67"]

  private func exit(_ floor: SalesFloor, _ name: String) -> JSON {
    .integer(floor.leads.stage("Передать - \(name)"))
  }

  /// A floor of which the way to services wants an address, and that to general a budget.
  private func floor() async throws -> SalesFloor {
    let floor = try await SalesFloor.make()
    for (key, name) in [("address", "услуги"), ("budget", "общее")] {
      try await floor.company.owner.call(
        "field.create", ["for": "lead", "key": .string(key), "name": .string(key), "type": "text"])
      try await floor.company.owner.call(
        "stage.update", ["id": exit(floor, name), "required": [.string(key)]])
    }
    return floor
  }

  private func lead(_ floor: SalesFloor, _ fields: JSONObject = [:]) async throws -> JSON {
    .integer(try await floor.lead("Кухня", ["fields": .object(fields)]).id)
  }

  @Test("Each way out asks for its own alone, in either direction, and by hand none does")
  func siblings() async throws {
    let floor = try await floor()
    let client = floor.first.client
    for (name, own, other) in [("услуги", "address", "budget"), ("общее", "budget", "address")] {
      let bare: JSONObject = ["id": try await lead(floor), "stage": exit(floor, name)]
      #expect(try await client.refusal("lead.move", bare)?["missing"] == [.string(own)])
      let entry = try await client.call("card.can_enter", bare)
      #expect(entry["refusal"]?["missing"] == [.string(own)])
      let wrong: JSONObject = [
        "id": try await lead(floor, [other: "Есть"]), "stage": exit(floor, name),
      ]
      #expect(try await client.refusal("lead.move", wrong)?["missing"] == [.string(own)])
      let asked: JSONObject = [
        "id": try await lead(floor, [own: "Есть"]), "stage": exit(floor, name),
      ]
      #expect(try await client.call("card.can_enter", asked)["allowed"] == true)
      #expect(try await client.call("lead.move", asked)["lead"]?["outcome"] == "won")
    }
    let byHand = try await client.call(
      "lead.convert", ["id": try await lead(floor), "pipeline": .integer(floor.general.id)])
    #expect(byHand["lead"]?["outcome"] == "won")
  }

  @Test(
    "On the way to a stage behind them the ways out are not passed: by hand and by a file alike")
  func behind() async throws {
    let floor = try await floor()
    let (owner, client) = (floor.company.owner, floor.first.client)
    let waiting =
      try await owner.call(
        "stage.create", ["pipeline": .integer(floor.leads.id), "name": "Ждёт"])["id"] ?? .null
    try await owner.call(
      "pipeline.update",
      ["id": .integer(floor.leads.id), "no_skip": "enforce", "no_back": "enforce"])
    let id = JSON.integer(
      try await client.call("lead.create", ["title": "Кухня"]).id)
    let skipping = try await client.refusal("lead.move", ["id": id, "stage": waiting])
    #expect(skipping?["no_skip"] == [floor.stage(1, of: floor.leads)])
    for stage in [floor.stage(1, of: floor.leads), waiting] {
      #expect(try await client.call("lead.move", ["id": id, "stage": stage])["stage"] == stage)
    }
    let begun = try await owner.call(
      "import.begin",
      [
        "source": "crm", "kinds": ["deal"], "pipeline": .integer(floor.leads.id),
        "skip_gate": false,
      ])
    let days = [("Новая", "2026-01-10"), ("Квалификация", "2026-01-11"), ("Ждёт", "2026-01-12")]
    let events = days.map { day -> JSON in ["stage": .string(day.0), "at": .string(day.1)] }
    let answer = try await owner.call(
      "import.rows",
      [
        "import": .integer(begun.id), "kind": "deal",
        "rows": [["external_id": "1", "title": "Шкаф", "events": .array(events)]],
      ])
    #expect(answer["accepted"] == 1 && answer["rejected"] == [])
    // From there out is not back.
    let out: JSONObject = [
      "id": id, "stage": exit(floor, "услуги"), "fields": ["address": "Тверь"],
    ]
    #expect(try await client.refusal("lead.move", out)?["missing"] == ["name", "phone|email"])
    try await owner.call(
      "lead.update",
      [
        "id": id,
        "contact": try await owner.call(
          "contact.create", ["name": "Пётр", "phone": "+7 916 123-45-67"])["id"] ?? .null,
      ])
    #expect(try await client.call("lead.move", out)["lead"]?["outcome"] == "won")
  }

  @Test(
    "No lead is made, reopened or put into a way out, and all that stands in the way is told with it"
  )
  func standing() async throws {
    let floor = try await floor()
    let (owner, client) = (floor.company.owner, floor.first.client)
    let services = exit(floor, "услуги")
    let made = try await client.refusal("lead.create", ["title": "Туда", "stage": services])
    #expect(made?.kind == "stage_rule" && made?["transfer_stage"] == services)
    #expect(made?["missing"] == ["address"])
    // Lost in a stage that came to be a way out, it is taken up again where leads stand.
    let qualifying = floor.stage(1, of: floor.leads)
    let id = try await lead(floor)
    try await client.call("lead.move", ["id": id, "stage": qualifying])
    try await client.call(
      "lead.lose", ["id": id, "reason": try await floor.reason("loss"), "comment": "Нет"])
    try await owner.call(
      "stage.update", ["id": qualifying, "transfers_to": .integer(floor.general.id)])
    let named = try await client.refusal("lead.reopen", ["id": id, "stage": qualifying])
    #expect(named?.kind == "stage_rule" && named?["transfer_stage"] == qualifying)
    let reopened = try await client.call("lead.reopen", ["id": id])
    #expect(reopened["stage"] == floor.stage(0, of: floor.leads) && reopened["outcome"] == "open")
    // Nor does a stage that goes away leave its leads there.
    let refusal = try await owner.refusal(
      "stage.delete", ["id": floor.stage(0, of: floor.leads), "move_cards_to": services])
    #expect(refusal?.kind == "stage_rule" && refusal?["transfer_stage"] == services)
  }
}
