internal import JSON
internal import JSONRPC
internal import TestSupport
internal import Testing

@Suite("The chain of a card in its history")
struct HistoryChainTests {
  @Test(
    "Lead, deal, deal: whoever sees all is told all, from each of them; the others what they see, and its neighbours' numbers"
  )
  func chain() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let selling = try await company.pipeline("Услуги", stages: [["name": "A"]])
    let works = try await company.pipeline("Монтаж", stages: [["name": "A"]])
    let made = try await owner.call("lead.create", ["title": "Кухня"])
    let (lead, leads) = (JSON.integer(made.id), try #require(made["pipeline"]?.int64))
    let first = try await company.member("first", .init(pipeline: leads, actions: ["view"]))
    let seller = try await company.member("seller", .init(pipeline: selling.id, actions: ["view"]))
    let maker = try await company.member("maker", .init(pipeline: works.id, actions: ["view"]))
    // Sees the beginning and the end of it.
    let looker = try await company.member(
      "looker", .init(pipeline: works.id, actions: ["view"]),
      .init(pipeline: leads, actions: ["view"]))
    let converted = try await owner.call(
      "lead.convert", ["id": lead, "pipeline": .integer(selling.id)])
    let deal = try #require(converted["deal"]?["id"])
    let reason = try await owner.call("reason.create", ["kind": "win", "name": "Цена"])
    let copied = try await owner.call(
      "deal.copy",
      [
        "id": deal, "pipeline": .integer(works.id), "reason": .integer(reason.id),
        "comment": "Продано",
      ])
    let last = try #require(copied["deal"]?["id"])
    let whole: [JSON] = [
      [
        "id": lead, "kind": "lead", "pipeline": .integer(leads), "outcome": "won",
        "based_on": .null,
      ],
      [
        "id": deal, "kind": "deal", "pipeline": .integer(selling.id), "outcome": "won",
        "based_on": lead,
      ],
      [
        "id": last, "kind": "deal", "pipeline": .integer(works.id), "outcome": "open",
        "based_on": deal,
      ],
    ]
    let numbers: [JSON] = [["id": lead], ["id": deal], ["id": last]]
    let told: [(TestClient, String, JSON, [JSON])] = [
      (owner, "lead.history", lead, whole),
      (owner, "deal.history", deal, whole),
      (owner, "deal.history", last, whole),
      (first.client, "lead.history", lead, [whole[0], numbers[1]]),
      (seller.client, "deal.history", deal, [numbers[0], whole[1], numbers[2]]),
      (maker.client, "deal.history", last, [numbers[1], whole[2]]),
      (looker.client, "deal.history", last, [whole[0], numbers[1], whole[2]]),
    ]
    for (client, method, card, chain) in told {
      let history = try await client.call(method, ["id": card])
      #expect(history["chain"] == .array(chain), "\(method) \(card)")
    }
    // With the first page alone.
    let page = try await owner.call("lead.history", ["id": lead, "limit": 1])
    let next = try await owner.call(
      "lead.history", ["id": lead, "limit": 1, "after": page["next"] ?? .null])
    #expect(page["chain"]?.array?.count == 3 && next["chain"] == nil)
  }

  @Test("A card that stands alone is its whole chain, and of two copies both are told")
  func copies() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"]])
    var others: [JSON] = []
    for name in ["Монтаж", "Доставка"] {
      others.append(try await company.pipeline(name, stages: [["name": "A"]]))
    }
    let made = try await owner.call(
      "deal.create", ["title": "Кухня", "pipeline": .integer(pipeline.id)])
    let deal = JSON.integer(made.id)
    func chain() async throws -> [JSON?] {
      let history = try await owner.call("deal.history", ["id": deal])
      return (history["chain"]?.array ?? []).map { $0["id"] }
    }
    #expect(try await chain() == [deal])
    let reason = try await owner.call("reason.create", ["kind": "win", "name": "Цена"])
    var copies: [JSON?] = []
    for other in others {
      let copied = try await owner.call(
        "deal.copy",
        [
          "id": deal, "pipeline": .integer(other.id), "reason": .integer(reason.id),
          "comment": "Дальше",
        ])
      copies.append(copied["deal"]?["id"])
    }
    #expect(try await chain() == [deal] + copies)
  }
}
