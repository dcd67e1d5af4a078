internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules
internal import TestSupport
internal import Testing

@testable internal import Features

/// One rule, and every side that tells it, on made-up companies: what row-level security shows and lets
/// change, what the server decides, what `access.explain` says, what `access.preview` foretells.
@Suite("Rights by the database and by the book")
struct RightsReferenceTests {
  private static let seeds: [UInt64] = [1, 2, 3, 5, 6, 8]

  @Test("Members list and count exactly what the rule gives them", arguments: seeds)
  func sight(_ seed: UInt64) async throws {
    // Search looks words up in some of the companies and goes through the cards in the others.
    let scene = try await RandomRights.make(
      seed: seed, rareWordPlaces: seed.isMultiple(of: 2) ? 0 : 3000)
    try await scene.company.indexAll()
    var seen: Set<Set<Int64>> = []
    for user in scene.users {
      let expected = Set(
        scene.cards.filter { scene.plain.allows("view", of: user.id, on: $0) }.map(\.id))
      seen.insert(expected)
      #expect(try await scene.listed(by: user.client) == expected)
      #expect(Set(try await user.client.found("card", limit: 40)) == expected)
      for pipeline in scene.pipelines {
        let board = try? await user.client.call("deal.board", ["pipeline": .integer(pipeline)])
        let counted = board?["stages"]?.array?.reduce(0) { $0 + ($1["count"]?.int64 ?? 0) } ?? 0
        let visible = scene.cards.count { $0.pipeline == pipeline && expected.contains($0.id) }
        #expect(counted == Int64(pipeline == scene.pipelines[0] && board == nil ? 0 : visible))
      }
    }
    // The company is no trivial one: its members see different parts of it.
    #expect(seen.count > 2)
  }

  @Test("For every action the policies and the server allow exactly the same", arguments: seeds)
  func actions(_ seed: UInt64) async throws {
    let scene = try await RandomRights.make(seed: seed)
    let services = scene.company.installation.dispatcher.services
    let entry = try #require(try await services.directory.entry(scene.company.id))
    let all = scene.cards.map(\.id)
    for user in scene.users {
      let standing = try #require(try await services.directory.standing(of: user.id, in: entry))
      for action in Action.allCases where !action.concernsPipeline {
        let expected = Set(
          scene.cards.filter { scene.plain.allows(action.rawValue, of: user.id, on: $0) }
            .map(\.id))
        let work = Work([], answer: RawJSON { $0.null() }, action: action, written: all)
        let touched = try await services.writes.transaction([
          standing.writeContext(of: entry.company, for: work),
          Self.touch(.integer(scene.company.id)),
        ])
        #expect(Set(try touched[1].map { try $0.integer(0) }) == expected, "\(action)")
        #expect(
          Set(scene.cards.filter { standing.holds(action, on: $0.rightsCard) }.map(\.id))
            == expected, "\(action)")
      }
      for pipeline in scene.pipelines {
        #expect(
          Set(standing.actions(onPipeline: pipeline).map(\.rawValue))
            == scene.plain.actions(of: user.id, onPipeline: pipeline))
      }
    }
  }

  @Test("An export gives exactly the cards on which the rule gives it")
  func exports() async throws {
    var sizes: Set<Int> = []
    for seed in Self.seeds.prefix(4) {
      let scene = try await RandomRights.make(seed: seed)
      for user in scene.users {
        let expected = Set(
          scene.cards.filter { scene.plain.allows("export", of: user.id, on: $0) }.map(\.id))
        var exported: Set<Int64> = []
        for what in ["leads", "deals"] {
          let params: JSONObject = ["what": .string(what)]
          // Where nothing of the kind is held, it is refused.
          if try await user.client.refusal("export.begin", params)?.kind == "forbidden" { continue }
          let part = try await user.client.exported(params)
          #expect(part.count == Int64(part.ids.count))
          exported.formUnion(part.ids)
        }
        #expect(exported == expected)
        sizes.insert(expected.count)
      }
    }
    #expect(sizes.count > 3)
  }

  @Test("access.explain says what holds, names every grant, and what it proposes is enough")
  func explanations() async throws {
    for seed in Self.seeds.prefix(3) {
      var random = SeededRandom(seed: seed)
      let scene = try await RandomRights.make(seed: seed)
      for _ in 0..<40 {
        guard let user = scene.users.randomElement(using: &random),
          let card = scene.cards.randomElement(using: &random)
        else { continue }
        let answer = try await scene.company.owner.call(
          "access.explain", ["user": .integer(user.id), "card": .integer(card.id)])
        for action in Action.allCases.map(\.rawValue) {
          let told = try #require(answer["actions"]?[action])
          let allowed = scene.plain.allows(action, of: user.id, on: card)
          #expect(told["allowed"]?.bool == allowed, "\(action)")
          guard allowed else {
            // Given, it would hold.
            var after = scene.plain
            let grant = try #require(told["would_need"])
            after.give(grant, to: user.id)
            #expect(after.allows(action, of: user.id, on: card), "\(action) \(grant)")
            continue
          }
          let named = (told["by"]?.array ?? []).compactMap { $0["grant"]?.int64 }
          #expect(named == scene.plain.grants(action, of: user.id, on: card), "\(action)")
        }
      }
    }
  }

  @Test("access.preview foretells exactly who gains and loses sight of how many cards")
  func previews() async throws {
    for seed in Self.seeds.prefix(4) {
      var random = SeededRandom(seed: seed &+ 100)
      let scene = try await RandomRights.make(seed: seed)
      for _ in 0..<5 {
        let (preview, method, parameters) = try scene.anyChange(using: &random)
        let before = try await scene.sights()
        let told = try await scene.company.owner.call("access.preview", preview)
        try await scene.company.owner.call(method, parameters)
        let after = try await scene.sights()
        var unseen: Set<Int64> = []
        for user in scene.users {
          let (old, new) = (before[user.id] ?? [], after[user.id] ?? [])
          let entry = told["people"]?.array?.first { $0["user"]?["id"]?.int64 == user.id }
          #expect(scene.counted(new.subtracting(old)) == entry.counts("gains"), "\(preview)")
          #expect(scene.counted(old.subtracting(new)) == entry.counts("loses"), "\(preview)")
          unseen.formUnion(
            scene.cards.filter {
              $0.responsible == user.id && $0.outcome == "open"
                && old.subtracting(new).contains($0.id)
            }.map(\.id))
        }
        #expect(told["unseen"]?["count"]?.int64 == Int64(unseen.count), "\(preview)")
        let named = (told["unseen"]?["cards"]?.array ?? []).compactMap { $0["card"]?.int64 }
        #expect(Set(named) == unseen || unseen.count > 50)
      }
    }
  }

  /// Changes every card that may be changed, to what it is.
  private static let touch = Statement(
    """
    update card
    set touched_at = touched_at
    where tenant_id = $1::bigint
    returning id
    """)
}

extension JSON? {
  /// Numbers of cards by pipeline.
  fileprivate func counts(_ name: String) -> [Int64: Int64] {
    (self?[name]?.array ?? []).reduce(into: [:]) {
      $0[$1["pipeline"]?.int64 ?? 0] = $1["cards"]?.int64
    }
  }
}
