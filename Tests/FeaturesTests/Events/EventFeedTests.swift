internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules
internal import TestSupport
internal import Testing

@testable internal import Features

@Suite("The event feed", .timeLimit(.minutes(10)))
struct EventFeedTests {
  @Test("What happens is told at once, in its order, with who, when, which version and where")
  func telling() async throws {
    let scene = try await EventScene.make()
    let client = try await scene.another()
    let start = try await scene.subscribe(client)
    let deal = try await scene.deal()
    try await scene.move(deal, to: scene.second)
    let events = try await client.told.next(2)
    #expect(events.map { $0["sequence"] } == [.integer(start + 1), .integer(start + 2)])
    #expect(
      events[1] == [
        "sequence": .integer(start + 2), "name": "deal.move",
        "at": .string(scene.installation.clock.now.description), "noun": "deal",
        "id": .integer(deal), "pipeline": .integer(scene.pipeline.id), "version": 2, "user": 1,
        "stage": .integer(scene.second), "responsible": 1,
        "from": ["stage": .integer(scene.first), "responsible": 1],
      ])
    #expect(events[0]["name"] == "deal.create" && events[0]["from"] == nil)
    try await scene.owner.call(
      "note.add", ["card": .integer(deal), "text": "Hello"])
    let note = try await client.told.next()
    #expect(note["name"] == "note.add" && note["card"] == .integer(deal))
    #expect(note["version"] == nil && note.id > 0)
  }

  @Test("A conversion is told of the lead and of the deal, a deletion of the deal")
  func cards() async throws {
    let scene = try await EventScene.make()
    let lead = try await scene.owner.call("lead.create", ["title": "Кухня"])
    let client = try await scene.witness()
    let converted = try await scene.owner.call(
      "lead.convert", ["id": .integer(lead.id), "pipeline": .integer(scene.pipeline.id)])
    let deal = try #require(converted["deal"]?.id)
    try await scene.owner.call("deal.delete", ["id": .integer(deal)])
    let events = try await client.told.next(3)
    #expect(
      events.map { $0["name"]?.string } == ["lead.convert", "deal.create", "deal.delete"])
    #expect(events.map(\.id) == [lead.id, deal, deal])
    #expect(events[0]["from"]?["stage"] == lead["stage"])
  }

  @Test("What was refused, tried out, repeated under its key or changed nothing is not told")
  func nothing() async throws {
    let scene = try await EventScene.make()
    let client = try await scene.witness()
    let deal = try await scene.deal(["idempotency_key": "a"])
    #expect(try await scene.deal(["idempotency_key": "a"]) == deal)
    try await scene.move(deal, to: scene.first)
    try await scene.owner.call("deal.delete", ["id": .integer(deal), "dry_run": true])
    #expect(
      try await scene.owner.refusal("deal.move", ["id": .integer(deal), "stage": 999]) != nil)
    #expect(try await client.told.next()["name"] == "deal.create")
    #expect(try await scene.settle(client)["sequence"] != nil)
    #expect(client.told.count == 0)
  }

  @Test("Subscribing behind a number goes on from there without a gap, on every server")
  func resuming() async throws {
    let scene = try await EventScene.make()
    let start = try await scene.subscribe(scene.another())
    var deals: [Int64] = []
    for _ in 0..<450 { deals.append(try await scene.deal()) }
    let other = try scene.installation.anotherServer()
    for server in [scene.installation, other] {
      let client = try await server.login(scene.company.slug, "owner@mebel.example")
      #expect(try await scene.subscribe(client, ["after": .integer(start)]) == start + 450)
      let events = try await client.told.next(450)
      #expect(events.map(\.id) == deals)
      #expect(events.compactMap { $0["sequence"]?.int64 } == Array(start + 1...start + 450))
    }
    // From within, and none before.
    let client = try await scene.another()
    try await client.call("event.subscribe", ["after": .integer(start + 440)])
    #expect(try await client.told.next(10).map(\.id) == Array(deals.suffix(10)))
  }

  @Test("While a transaction that began earlier is open, later events wait; then both come")
  func heldOpen() async throws {
    let scene = try await EventScene.make()
    let client = try await scene.witness()
    let sequencer = scene.installation.dispatcher.services.sequencer
    let tenant = scene.company.id
    let before = try await sequencer.advance(tenant).number
    let late = try await scene.installation.database.connected(
      as: scene.installation.database.application
    ) { connection in
      _ = try await connection.executeScript(
        """
        begin;
        select set_config('voronka.tenant_id', '\(tenant)', true);
        insert into event (tenant_id, writer, place, at, name, noun, subject_id)
        values (\(tenant), 1, 1, '\(scene.installation.clock.now)', 'held.open', 'held', 7);
        """)
      let deal = try await scene.deal()
      let look = try await sequencer.advance(tenant)
      #expect(look.number == before && look.isPending && !look.isReady)
      #expect(client.told.count == 0)
      _ = try await connection.executeScript("commit;")
      return deal
    }
    let events = try await client.told.next(2)
    #expect(events.map { $0["name"]?.string } == ["held.open", "deal.create"])
    #expect(events.map { $0["sequence"]?.int64 } == [before + 1, before + 2])
    #expect(events.map(\.id) == [7, late])
  }

  @Test("Many writers at once on two servers: every event is told to all, once, in one order")
  func manyWriters() async throws {
    let scene = try await EventScene.make()
    let other = try scene.installation.anotherServer(eventInterval: .milliseconds(20))
    let here = try await scene.witness()
    let there = try await other.login(scene.company.slug, "owner@mebel.example")
    try await scene.subscribe(there)
    let writers = try await (0..<8).asyncMap { index in
      let server = index.isMultiple(of: 2) ? scene.installation : other
      return try await server.login(scene.company.slug, "owner@mebel.example")
    }
    // What the other server writes is found here by looking, which this one does once an hour: the last
    // write is one of its own.
    let made = try await withThrowingTaskGroup(of: [Int64].self) { group in
      for writer in writers {
        group.addTask {
          var made: [Int64] = []
          for _ in 0..<25 { made.append(try await scene.deal(by: writer)) }
          return made
        }
      }
      return try await group.reduce(into: Set<Int64>()) { $0.formUnion($1) }
    }
    let last = try await scene.deal()
    let events = try await here.told.next(201)
    #expect(events.last?.id == last)
    #expect(Set(events.map(\.id)) == made.union([last]))
    let numbers = events.compactMap { $0["sequence"]?.int64 }
    #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 + 1 == $1 })
    #expect(try await there.told.next(201) == events)
  }

  @Test("What another server writes is found by looking now and then")
  func otherServer() async throws {
    let scene = try await EventScene.make(interval: .milliseconds(20))
    let client = try await scene.witness()
    let other = try scene.installation.anotherServer()
    let writer = try await other.login(scene.company.slug, "owner@mebel.example")
    let deal = try await scene.deal(by: writer)
    #expect(try await client.told.next().id == deal)
  }

  @Test(
    "Events of a database that counted further, restored from a dump, are told before later ones")
  func restored() async throws {
    let scene = try await EventScene.make()
    let tenant = scene.company.id
    for (place, ahead) in [(1, 2_000_000), (2, 1_000_000)] {
      try await scene.company.query(
        Statement(
          """
          insert into event (tenant_id, writer, place, xid, at, name, noun, subject_id)
          values ($1::bigint, 1, $2::bigint,
            (pg_current_xact_id()::text::bigint + $3::bigint)::text::xid8, now(), 'old.one', 'old',
            $2::bigint)
          """), .integer(tenant), .integer(place), .integer(ahead))
    }
    let client = try await scene.another()
    try await client.call("event.subscribe", ["after": 0, "nouns": ["deal"]])
    try await client.call("event.subscribe", ["after": 0])
    try await scene.deal()
    var events: [JSON] = []
    while events.last?["name"] != "deal.create" { events.append(try await client.told.next()) }
    #expect(events.filter { $0["name"] == "old.one" }.map(\.id) == [2, 1])
    let numbers = events.compactMap { $0["sequence"]?.int64 }
    #expect(numbers == Array(1...Int64(numbers.count)))
  }

  @Test("Pipelines and nouns choose what is told; what one does not know is no pipeline")
  func filters() async throws {
    let scene = try await EventScene.make()
    let other = try await EventScene.make(in: scene.company, "Мебель")
    let client = try await scene.another()
    try await scene.subscribe(client, ["pipelines": [.integer(other.pipeline.id)]])
    let nouns = try await scene.another()
    try await scene.subscribe(nouns, ["nouns": ["note", "reason"]])
    let (mine, theirs) = (try await scene.deal(), try await other.deal())
    try await scene.owner.call("note.add", ["card": .integer(mine), "text": "Hello"])
    try await scene.owner.call("note.add", ["card": .integer(theirs), "text": "Hello"])
    #expect(try await client.toldNames(2) == ["deal.create", "note.add"])
    let notes = try await nouns.told.next(2)
    #expect(notes.map { $0["card"] } == [.integer(mine), .integer(theirs)])
    let unknown = try await client.refusal("event.subscribe", ["pipelines": [999]])
    #expect(unknown?["what"] == "pipeline")
    let nothing = try await client.refusal("event.subscribe", ["nouns": ["deal", "dragon"]])
    #expect(nothing?["fields"]?[0]?["path"] == "nouns[1]")
  }

  @Test("Old events are cleared away; who asks for what is gone, or never was, is told so")
  func retention() async throws {
    let scene = try await EventScene.make()
    let installation = scene.installation
    for _ in 0..<3 { try await scene.deal() }
    let old = try await scene.subscribe(scene.another())
    installation.clock.advance(seconds: 7 * 86_400)
    try await installation.dispatcher.clearAway()
    let owner = try await scene.another()
    try await owner.call("event.subscribe", ["after": .integer(old - 1)])
    #expect(try await owner.told.next()["sequence"] == .integer(old))
    installation.clock.advance(seconds: 1)
    let deal = try await scene.deal(by: owner)
    try await scene.subscribe(scene.another())
    try await installation.dispatcher.clearAway()
    let rows = try await scene.company.query(
      Statement("select count(*) from event where tenant_id = $1::bigint"),
      .integer(scene.company.id))
    #expect(try rows[0].integer(0) == 1)
    let gone = try await owner.refusal("event.subscribe", ["after": .integer(old - 1)])
    #expect(gone?.kind == "invalid" && gone?["oldest"] == .integer(old))
    let never = try await owner.refusal("event.subscribe", ["after": .integer(old + 2)])
    #expect(never?.kind == "invalid" && never?["sequence"] == .integer(old + 1))
    let answer = try await owner.call("event.subscribe", ["after": .integer(old)])
    #expect(answer["sequence"] == .integer(old + 1))
    // The one of the subscription before may have come too.
    var event = try await owner.told.next()
    if owner.told.count > 0 || event.id != deal { event = try await owner.told.next() }
    #expect(event.id == deal && event["sequence"] == .integer(old + 1))
  }

  @Test("A client that takes nothing costs one page, and then gets everything in its order")
  func backPressure() async throws {
    let scene = try await EventScene.make()
    let slow = try await scene.another()
    slow.told.fill(true)
    try await scene.subscribe(slow)
    let witness = try await scene.witness()
    var deals: [Int64] = []
    for _ in 0..<30 { deals.append(try await scene.deal()) }
    #expect(try await witness.told.next(30).map(\.id) == deals)
    #expect(slow.told.count == 0 && slow.told.waiting == 1)
    slow.told.fill(false)
    #expect(try await slow.told.next(30).map(\.id) == deals)
  }

  @Test("Subscribing again replaces, unsubscribing ends, neither stands in a batch")
  func replacing() async throws {
    let scene = try await EventScene.make()
    let client = try await scene.another()
    let feed = scene.installation.dispatcher.services.events
    for _ in 0..<3 { try await client.call("event.subscribe", ["nouns": ["deal"]]) }
    #expect(feed.count == 1)
    #expect(client.session.standing == .subscribed)
    let deal = try await scene.deal()
    #expect(try await client.told.next().id == deal)
    let witness = try await scene.witness()
    #expect(try await client.call("event.unsubscribe")["subscribed"] == false)
    #expect(client.session.standing == .loggedIn && feed.count == 1)
    try await scene.deal()
    #expect(try await witness.told.next()["name"] == "deal.create")
    #expect(client.told.count == 0)
    for method in ["event.subscribe", "event.unsubscribe"] {
      #expect(await client.inBatch(method)?.code == -32600)
    }
    witness.session.connectionClosed()
    #expect(feed.count == 0)
  }
}

extension Sequence {
  /// Each element's value, one after another.
  func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
    var values: [Value] = []
    for element in self { values.append(try await transform(element)) }
    return values
  }
}
