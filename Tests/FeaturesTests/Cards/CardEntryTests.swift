internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("Whether a card can enter")
struct CardEntryTests {
  /// What an error says, in the shape of `refusal`.
  private func refusal(_ error: RPCError) -> JSON {
    var members: JSONObject = [
      "code": .integer(error.code), "kind": .string(error.kind), "message": .string(error.message),
    ]
    for member in error.data { members[member.name] = member.value }
    return .object(members)
  }

  @Test("Asked beforehand, a step is told what stands in its way, and nothing changes")
  func beforehand() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    let deal = try await owner.call(
      "deal.create", ["title": "Кухня", "pipeline": .integer(floor.general.id)])
    let id: JSON = .integer(deal.id)
    let answer = try await owner.call(
      "card.can_enter", ["id": id, "stage": floor.stage(3, of: floor.general)])
    #expect(answer["allowed"] == false && answer["step"] == "move")
    #expect(answer["refusal"]?["kind"] == "stage_rule")
    #expect(answer["refusal"]?["missing"] == ["amount"])
    let next = try await owner.call(
      "card.can_enter", ["id": id, "stage": floor.stage(1, of: floor.general)])
    #expect(
      next == [
        "allowed": true, "step": "move", "stage": floor.stage(1, of: floor.general),
        "outcome": "open", "warnings": [],
      ])
    let loss = try await owner.call("card.can_enter", ["id": id, "step": "lose"])
    #expect(loss["refusal"]?["reason_required"] == "loss")
    #expect(loss["refusal"]?["comment_required"] == true)
    #expect(try await owner.call("deal.get", ["id": id]).withoutClocks == deal)
    for wrong: JSONObject in [[:], ["step": "move"], ["step": "copy"], ["step": "convert"]] {
      var parameters = wrong
      parameters["id"] = id
      #expect(try await owner.refusal("card.can_enter", parameters)?.kind == "invalid")
    }
    let lead = try await floor.lead()
    for (card, step) in [(lead.id, "win"), (lead.id, "copy"), (deal.id, "convert")] {
      let answer = try await owner.call(
        "card.can_enter",
        ["id": .integer(card), "step": .string(step), "pipeline": .integer(floor.services.id)])
      #expect(answer["allowed"] == false && answer["refusal"]?["kind"] == "stage_rule")
    }
  }

  @Test("A viewer is told every right that a step needs together with what else is missing")
  func rights() async throws {
    let floor = try await SalesFloor.make()
    let viewer = try await floor.company.member(
      "viewer", .init(pipeline: floor.general.id, actions: ["view"]))
    let deal = try await floor.company.owner.call(
      "deal.create", ["title": "Кухня", "pipeline": .integer(floor.general.id)])
    let closing = floor.general["stages"]?.array?.last?["id"] ?? .null
    let answer = try await viewer.client.call(
      "card.can_enter", ["id": .integer(deal.id), "stage": closing])
    let refusal = answer["refusal"]
    #expect(refusal?["code"] == 1003 && refusal?["needs"] == "move")
    #expect(refusal?["needs_all"] == ["move", "close"])
    #expect(refusal?["reason_required"] == "loss" && refusal?["comment_required"] == true)
    #expect(
      try await floor.servicesSeller.client.refusal(
        "card.can_enter", ["id": .integer(deal.id), "stage": closing])?.kind == "not_found")
  }

  @Test("The dry answer and the step itself agree, on 150 steps by chance", arguments: [1, 2])
  func agreement(_ seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    for pipeline in [floor.leads, floor.general, floor.services] {
      try await owner.call(
        "pipeline.update",
        ["id": .integer(pipeline.id), "no_back": "enforce", "no_skip": "warn"])
    }
    let people = [
      owner, floor.first.client, floor.generalSeller.client,
      try await floor.company.member(
        "viewer", .init(pipeline: floor.general.id, actions: ["view", "move"]),
        .init(pipeline: floor.leads.id, actions: ["view"])
      ).client,
    ]
    var cards: [(id: Int64, kind: String)] = []
    for number in 0..<8 {
      let kind = number % 3 == 0 ? "lead" : "deal"
      var parameters: JSONObject = ["title": "Кухня"]
      if kind == "deal" { parameters["pipeline"] = .integer(floor.general.id) }
      if number % 2 == 0 {
        parameters["contact"] = ["name": "Пётр", "phone": "+7 916 123-45-67"]
        parameters["amount"] = ["amount": "100", "currency": "RUB"]
      }
      cards.append((try await owner.call("\(kind).create", parameters).id, kind))
    }
    let reasons: [JSON] = [
      try await floor.reason("win"), try await floor.reason("loss"),
      try await floor.reason("invalid"),
    ]
    var (allowed, refused) = (0, 0)
    for _ in 0..<150 {
      guard let card = cards.randomElement(using: &random),
        let person = people.randomElement(using: &random)
      else { return }
      let own = card.kind == "lead" ? floor.leads : floor.general
      let steps =
        ["move", "move", "move", "lose", "invalidate", "reopen"]
        + (card.kind == "lead" ? ["convert"] : ["win", "copy"])
      let step = steps.randomElement(using: &random) ?? "move"
      var parameters: JSONObject = ["id": .integer(card.id)]
      let target = Bool.random(using: &random) ? floor.services : floor.general
      if ["convert", "copy"].contains(step) { parameters["pipeline"] = .integer(target.id) }
      if step == "move" {
        parameters["stage"] = own["stages"]?.array?.randomElement(using: &random)?["id"] ?? .null
      }
      if ["move", "win", "lose", "invalidate", "copy"].contains(step) {
        if Bool.random(using: &random) {
          parameters["reason"] = reasons.randomElement(using: &random) ?? .null
        }
        if Bool.random(using: &random) { parameters["comment"] = "Вот так" }
      }
      var asked = parameters
      asked["step"] = .string(step)
      let error = try await person.refusal("card.can_enter", asked)
      var dry: JSON?
      if error == nil { dry = try await person.call("card.can_enter", asked) }
      let real = try await person.refusal("\(card.kind).\(step)", parameters)
      let place = "\(step) of \(card) \(parameters)"
      if let dry {
        #expect(dry["allowed"]?.bool == (real == nil), "\(place)")
        if let real {
          refused += 1
          #expect(dry["refusal"] == refusal(real), "\(place)")
        } else {
          allowed += 1
          let now = try await owner.call("\(card.kind).get", ["id": .integer(card.id)])
          #expect(dry["stage"] == now["stage"] && dry["outcome"] == now["outcome"], "\(place)")
        }
      } else {
        // The card may not be seen; then neither says more.
        #expect(error?.kind == real?.kind, "\(place)")
      }
    }
    #expect(allowed > 10 && refused > 10, "\(allowed) \(refused)")
  }

  @Test("A rule that warns lets the step happen, and its answer and history tell of it")
  func warnings() async throws {
    let floor = try await SalesFloor.make()
    let owner = floor.company.owner
    let pipeline = try await floor.company.pipeline(
      "Своя", stages: [["name": "A"], ["name": "B"], ["name": "C"]])
    try await owner.call(
      "pipeline.update", ["id": .integer(pipeline.id), "no_skip": "warn", "no_back": "warn"])
    let (first, second, third) = (
      pipeline.stage("A"), pipeline.stage("B"), pipeline.stage("C")
    )
    let deal = try await owner.call(
      "deal.create", ["title": "Кухня", "pipeline": .integer(pipeline.id)])
    #expect(deal["warnings"] == nil)
    let id: JSON = .integer(deal.id)
    let moved = try await owner.call("deal.move", ["id": id, "stage": .integer(third)])
    #expect(moved["stage"] == .integer(third))
    #expect(moved["warnings"]?.array?.map { $0["kind"] } == ["no_skip"])
    #expect(moved["warnings"]?[0]?["detail"] == [.integer(second)])
    #expect(moved["warnings"]?[0]?["message"]?.string?.isEmpty == false)
    let back = try await owner.call("deal.move", ["id": id, "stage": .integer(first)])
    #expect(back["warnings"]?[0]?["kind"] == "no_back")
    #expect(try await owner.call("deal.get", ["id": id])["warnings"] == nil)
    let history = try await owner.call("deal.history", ["id": id])
    #expect(history.items[1]["details"]?["warnings"] == ["no_skip"])
    let late = try await owner.call(
      "deal.create",
      ["title": "Шкаф", "pipeline": .integer(pipeline.id), "stage": .integer(second)])
    #expect(late["warnings"]?[0]?["kind"] == "no_skip")
    try await owner.call(
      "pipeline.update", ["id": .integer(pipeline.id), "no_skip": "enforce", "no_back": "off"])
    let refusal = try await owner.refusal("deal.move", ["id": id, "stage": .integer(third)])
    #expect(refusal?["no_skip"] == [.integer(second)])
    let shown = try await owner.call("pipeline.get", ["id": .integer(pipeline.id)])
    #expect(shown["no_skip"] == "enforce" && shown["no_back"] == "off")
  }
}
