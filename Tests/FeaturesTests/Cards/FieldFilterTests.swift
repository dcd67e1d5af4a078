internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules
internal import TestSupport
internal import Testing

@testable internal import Features

@Suite("Filters on fields through an index")
struct FieldFilterTests {
  /// Fields of a type in pairs: what is held in `x_type`, which is filterable, is held in `y_type` too.
  private struct Scene {
    let company: TestCompany
    let pipeline: JSON
    let seller: Member
    /// Of whom the seller knows.
    let colleague: Int64
    typealias Member = (id: Int64, client: TestClient)
  }

  private static let types: [String] = FieldType.allCases.map(\.rawValue)

  private func scene(rare: Int64) async throws -> Scene {
    var configuration = FeaturesConfiguration(
      serverVersion: TestInstallation.serverVersion, passwordCost: .least)
    configuration.rareWordPlaces = rare
    if rare == 0 { configuration.fewCards = 3 }
    let company = try await TestInstallation.make(configuration: configuration).company()
    for (name, isFilterable) in [("x", true), ("y", false)] {
      for type in Self.types {
        var field: JSONObject = [
          "for": "deal", "key": .string("\(name)_\(type)"), "name": .string(type),
          "type": .string(type), "filterable": .bool(isFilterable),
        ]
        if type.hasSuffix("choice") { field["choices"] = ["A", "B", "C"] }
        let made = try await company.owner.call("field.create", field)
        #expect(made["filterable"] == .bool(isFilterable))
      }
    }
    let pipeline = try await company.pipeline("Кухни", stages: [["name": "A"], ["name": "B"]])
    let seller = try await company.member(
      "seller",
      .init(
        pipeline: pipeline.id, actions: ["view", "create", "edit", "move", "delete"], cards: "own"))
    let colleague = try await company.member(
      "colleague", .init(pipeline: pipeline.id, actions: ["view"], cards: "own"))
    return Scene(
      company: company, pipeline: pipeline, seller: (seller.id, seller.client),
      colleague: colleague.id)
  }

  private static func value(
    _ type: String, _ scene: Scene, using random: inout SeededRandom
  ) -> JSON {
    let number = Int64.random(in: -3...3, using: &random)
    return switch type {
    case "text":
      .string(
        ["дуб", "дуб белый", "Дуб", "\u{65}\u{301}", "\u{E9}"].randomElement(using: &random) ?? "")
    case "number":
      [-2.5, -2, 0, 2, 2.5, 1e20, .integer(number)].randomElement(using: &random) ?? 0
    case "money": ["amount": .string("\(number.magnitude).50"), "currency": "RUB"]
    case "date": .string("2026-03-0\(number + 4)")
    case "datetime": .string("2026-03-0\(number + 4)T23:30:00+03:00")
    case "choice": .string(["A", "B", "C"].randomElement(using: &random) ?? "")
    case "multi_choice":
      [["A"], ["A", "B"], ["B", "C"]].randomElement(using: &random) ?? []
    case "boolean": .bool(.random(using: &random))
    case "phone": .string("+7 916 000-00-1\(number + 3)")
    case "email": .string("C\(number + 3)@client.example")
    case "link": .string("https://mebel.example/\(number)")
    default: .integer(number > 0 ? scene.seller.id : scene.colleague)
    }
  }

  /// What is asked of a field: the same of both of a pair.
  private static func condition(
    _ type: String, _ scene: Scene, using random: inout SeededRandom
  ) -> JSON {
    let one = value(type, scene, using: &random)
    let other = value(type, scene, using: &random)
    let isOrdered = ["number", "money", "date", "datetime"].contains(type)
    switch Int.random(in: 0..<5, using: &random) {
    case 0: return ["any": [one, other]]
    case 1 where isOrdered: return ["from": one, "to": other]
    case 2 where isOrdered: return ["from": one]
    case 3 where isOrdered: return ["to": one]
    case 4 where type == "multi_choice": return "B"
    default: return one
    }
  }

  @Test(
    "What the index finds is what a look at each card finds, whoever asks, page by page",
    arguments: [3000, 5, 0] as [Int64])
  func sameAsWithout(_ rare: Int64) async throws {
    var random = SeededRandom(seed: UInt64(rare) + 1)
    let scene = try await scene(rare: rare)
    var found = 0
    for round in 0..<90 {
      let client = Bool.random(using: &random) ? scene.company.owner : scene.seller.client
      try await change(scene, as: client, using: &random)
      guard round > 15 else { continue }
      found += try await compare(scene, as: client, using: &random)
    }
    #expect(found > 60)
    #expect(try await scene.company.wordFaults() == [])
  }

  /// One change of a card.
  private func change(
    _ scene: Scene, as client: TestClient, using random: inout SeededRandom
  ) async throws {
    var fields = JSONObject()
    for type in Self.types where Int.random(in: 0..<3, using: &random) > 0 {
      let value =
        Int.random(in: 0..<6, using: &random) == 0
        ? JSON.null : Self.value(type, scene, using: &random)
      for name in ["x", "y"] { fields["\(name)_\(type)"] = value }
    }
    let ids = try await client.call("deal.list", ["limit": 500]).ids
    let id = JSON.integer(ids.randomElement(using: &random) ?? 1)
    switch Int.random(in: 0..<8, using: &random) {
    case 0: _ = try await client.refusal("deal.update", ["id": id, "fields": .object(fields)])
    case 1:
      _ = try await client.refusal(
        "deal.move",
        [
          "id": id, "stage": .integer(scene.pipeline.stage("B")), "fields": .object(fields),
        ])
    case 2 where ids.count > 10: _ = try await client.refusal("deal.delete", ["id": id])
    default:
      for (key, value) in fields.members.map({ ($0.name, $0.value) }) where value.isNull {
        fields[key] = Optional.none
      }
      _ = try await client.call(
        "deal.create",
        [
          "pipeline": .integer(scene.pipeline.id), "title": "T", "fields": .object(fields),
          "source": Bool.random(using: &random) ? "site" : "call",
        ])
    }
  }

  /// Asks for the same of both fields of a pair, and how many that found.
  private func compare(
    _ scene: Scene, as client: TestClient, using random: inout SeededRandom
  ) async throws -> Int {
    var (indexed, plain) = (JSONObject(), JSONObject())
    for _ in 0..<Int.random(in: 1...2, using: &random) {
      let type = Self.types.randomElement(using: &random) ?? "text"
      let condition = Self.condition(type, scene, using: &random)
      indexed["x_\(type)"] = condition
      plain["y_\(type)"] = condition
    }
    var asked = JSONObject()
    let more: [(String, JSON)] = [
      ("pipeline", .integer(scene.pipeline.id)), ("stage", .integer(scene.pipeline.stage("B"))),
      ("responsible", .integer(scene.seller.id)), ("source", "site"), ("order", "oldest"),
      ("outcome", "open"),
    ]
    for (name, value) in more where Int.random(in: 0..<5, using: &random) == 0 {
      asked[name] = value
    }
    asked["limit"] = .integer(Int64.random(in: 1...4, using: &random))
    var (by, without) = (asked, asked)
    by["fields"] = .object(indexed)
    without["fields"] = .object(plain)
    let answer = try await client.all("deal.list", by)
    #expect(try await client.all("deal.list", without) == answer, "\(by)")
    // Whoever sees the seller's cards alone goes by these; the owner who asks for them does not.
    let isSeller = client.identity == scene.seller.client.identity
    if isSeller {
      var sellers = without
      sellers["responsible"] = .integer(scene.seller.id)
      let owners = try await scene.company.owner.all("deal.list", sellers)
      #expect(owners.map(\.id) == answer.map(\.id), "\(sellers)")
    }
    // The board shows and counts the same, and the list goes on where it ends.
    var board = asked
    for name in ["stage", "order", "outcome"] { board[name] = Optional.none }
    board["pipeline"] = .integer(scene.pipeline.id)
    board["limit"] = 1
    var plainBoard = board
    board["fields"] = .object(indexed)
    plainBoard["fields"] = .object(plain)
    let shown = try await client.call("deal.board", board)
    if isSeller { plainBoard["responsible"] = .integer(scene.seller.id) }
    let other = isSeller ? scene.company.owner : client
    let shownWithout = try await other.call("deal.board", plainBoard)
    for (one, other) in zip(shown["stages"]?.array ?? [], shownWithout["stages"]?.array ?? []) {
      #expect(one["count"] == other["count"] && one["amount"] == other["amount"], "\(board)")
      #expect(one["cards"] == other["cards"], "\(board)")
      var rest = board
      for name in ["pipeline", "limit"] { rest[name] = Optional.none }
      rest["stage"] = one["stage"]
      let whole = try await client.all("deal.list", rest)
      #expect(one["count"]?.int64 == Int64(whole.count), "\(board)")
      guard let next = one["next"], !next.isNull else { continue }
      rest["after"] = next
      #expect(try await client.call("deal.list", rest).ids == whole.dropFirst().map(\.id))
    }
    return answer.count
  }

  @Test(
    "Who sees a few people's cards alone is given all of these, page by page, and none besides",
    arguments: [500, 2] as [Int64])
  func fewPeople(_ few: Int64) async throws {
    var configuration = FeaturesConfiguration(
      serverVersion: TestInstallation.serverVersion, passwordCost: .least)
    configuration.fewCards = few
    let company = try await TestInstallation.make(configuration: configuration).company()
    let pipeline = try await company.pipeline("Кухни", stages: [["name": "A"], ["name": "B"]])
    let seller = try await company.member(
      "seller", .init(pipeline: pipeline.id, actions: ["view", "create", "move"], cards: "own"))
    var own: [Int64] = []
    for number in 0..<9 {
      let client = number % 3 == 0 ? company.owner : seller.client
      let id = try await client.call(
        "deal.create",
        [
          "pipeline": .integer(pipeline.id), "title": "T",
          "amount": ["amount": "2.00", "currency": "RUB"],
        ]
      ).id
      if number % 3 != 0 { own.insert(id, at: 0) }
      if number % 3 == 2 {
        try await client.call(
          "deal.move", ["id": .integer(id), "stage": .integer(pipeline.stage("B"))])
      }
    }
    let list = { (more: JSONObject) in
      var asked = more
      asked["limit"] = 2
      return try await seller.client.all("deal.list", asked).map(\.id)
    }
    #expect(try await list([:]) == own)
    #expect(try await list(["order": "oldest"]) == own.reversed())
    #expect(try await list(["with": ["next_activity"]]) == own)
    #expect(try await list(["pipeline": .integer(pipeline.id), "outcome": "open"]) == own)
    let inB = own.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    #expect(try await list(["stage": .integer(pipeline.stage("B"))]) == inB)
    let board = try await seller.client.call(
      "deal.board", ["pipeline": .integer(pipeline.id), "limit": 2])
    for (place, ids) in [own.filter { !inB.contains($0) }, inB].enumerated() {
      let stage = board["stages"]?[place]
      #expect(stage?["count"] == 3)
      #expect(stage?["amount"]?["amount"] == "6.00")
      #expect(stage?["cards"]?.array?.map(\.id) == Array(ids.prefix(2)))
    }
    let none = try await company.member(
      "newcomer", .init(pipeline: pipeline.id, actions: ["view"], cards: "own"))
    #expect(try await none.client.call("deal.list", [:]).ids == [])
    let empty = try await none.client.call("deal.board", ["pipeline": .integer(pipeline.id)])
    #expect(empty["stages"]?[0]?["count"] == 0)
  }

  @Test(
    "A field that becomes filterable is right before its cards are indexed and after, and on its way out"
  )
  func becoming() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let pipeline = try await company.pipeline("Кухни", stages: [["name": "A"]])
    let field = try await owner.call(
      "field.create", ["for": "deal", "key": "size", "name": "Size", "type": "number"])
    #expect(field["filterable"] == false)
    var ids: [Int64] = []
    for size in 1...3 {
      ids.append(
        try await owner.call(
          "deal.create",
          [
            "pipeline": .integer(pipeline.id), "title": "T",
            "fields": ["size": .integer(Int64(size))],
          ]
        ).id)
    }
    let found = { try await owner.call("deal.list", ["fields": ["size": ["from": 2]]]).ids }
    let keys = {
      try await company.write(FieldFilterTestStatements.keys(.integer(company.id)))[0].integer(0)
    }
    #expect(try await found() == [ids[2], ids[1]])
    for wanted in [true, false, true] {
      let updated = try await owner.call(
        "field.update", ["id": .integer(field.id), "filterable": .bool(wanted)])
      #expect(updated["filterable"] == .bool(wanted))
      #expect(try await found() == [ids[2], ids[1]])
      try await company.installation.dispatcher.indexBacklog()
      #expect(try await found() == [ids[2], ids[1]])
      #expect(try await keys() == (wanted ? 3 : 0))
    }
    // Without its keys a card is not found: it is by them that lists go.
    try await company.write(
      FieldFilterTestStatements.forget(.integer(company.id), .integer(ids[2])))
    #expect(try await found() == [ids[1]])
    try await owner.call("field.delete", ["id": .integer(field.id), "delete_values": true])
    try await company.installation.dispatcher.indexBacklog()
    #expect(try await keys() == 0)
  }

  @Test(
    "Who sees no card of a value learns nothing of it by a filter, nor how many there are by a board"
  )
  func sight() async throws {
    let scene = try await scene(rare: 3000)
    let fields: JSON = ["x_text": "дуб"]
    let mine = try await scene.seller.client.call(
      "deal.create",
      ["pipeline": .integer(scene.pipeline.id), "title": "T", "fields": ["x_text": "дуб"]])
    let theirs = try await scene.company.owner.call(
      "deal.create",
      ["pipeline": .integer(scene.pipeline.id), "title": "T", "fields": ["x_text": "дуб"]])
    #expect(
      try await scene.company.owner.call("deal.list", ["fields": fields]).ids
        == [theirs.id, mine.id])
    #expect(
      try await scene.seller.client.call("deal.list", ["fields": fields]).ids == [mine.id])
    let board: JSONObject = ["pipeline": .integer(scene.pipeline.id), "fields": fields]
    let counted = { (client: TestClient) in
      try await client.call("deal.board", board)["stages"]?[0]?["count"]
    }
    #expect(try await counted(scene.company.owner) == 2)
    #expect(try await counted(scene.seller.client) == 1)
    let refusal = try await scene.seller.client.refusal(
      "deal.board", ["pipeline": .integer(scene.pipeline.id), "fields": ["colour": "A"]])
    #expect(refusal?.kind == "invalid")
    #expect(
      try await scene.seller.client.refusal(
        "deal.board", ["pipeline": .integer(scene.pipeline.id), "responsible": 999])?.kind
        == "not_found")
  }

  @Test("A list tells the nearest planned activity of each card where that is asked for")
  func nextActivities() async throws {
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let pipeline = try await company.pipeline("Кухни", stages: [["name": "A"]])
    var ids: [Int64] = []
    for _ in 0..<3 {
      ids.append(
        try await owner.call("deal.create", ["pipeline": .integer(pipeline.id), "title": "T"]).id)
    }
    for (card, day) in [(ids[0], "05"), (ids[0], "02"), (ids[2], "03")] {
      try await owner.call(
        "activity.plan",
        [
          "card": .integer(card), "type": "call",
          "due_at": .string("2026-04-\(day)T10:00:00Z"),
        ])
    }
    let plain = try await owner.call("deal.list", ["limit": 2])
    #expect(!plain.items.contains { $0["next_activity"] != nil })
    for order in ["newest", "oldest"] {
      let asked: JSONObject = ["with": ["next_activity"], "order": .string(order), "limit": 500]
      let items = try await owner.call("deal.list", asked).items
      #expect(items.map(\.id) == (order == "newest" ? ids.reversed() : ids))
      for item in items {
        let got = try await owner.call("deal.get", ["id": .integer(item.id)])
        #expect(item == got.withoutClocks)
      }
      #expect(items.filter { $0["next_activity"] != nil }.count == 2)
    }
    // A page goes on whether more is told of its cards or not.
    let after = try await owner.call(
      "deal.list", ["limit": 2, "with": ["next_activity"], "after": plain["next"] ?? .null])
    #expect(after.ids == [ids[0]])
    #expect(after.items[0]["next_activity"]?["due_at"] == "2026-04-02T10:00:00Z")
    #expect(try await owner.refusal("deal.list", ["with": ["lines"]])?.kind == "invalid_params")
  }
}

private enum FieldFilterTestStatements {
  static let keys = Statement(
    """
    select count(*)
    from voronka.card_word
    where tenant_id = $1::bigint
      and word < chr(2)
    """)

  static let forget = Statement(
    """
    delete from voronka.card_word
    where tenant_id = $1::bigint
      and card_id = $2::bigint
      and word < chr(2)
    """)
}
