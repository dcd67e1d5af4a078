internal import Features
internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

/// Attack 10: events after log-out, suspension, revocation; two principals on one connection.
@Suite("The end of subscriptions", .timeLimit(.minutes(10)))
struct EventEndTests {
  @Test("After the answer to a log-out, a log-in as somebody else or auth.token nothing is told")
  func leaving() async throws {
    let scene = try await EventScene.make()
    let witness = try await scene.witness()
    let member = try await scene.company.user("boris")
    let session = try await scene.installation.client().call(
      "auth.login",
      [
        "tenant": "mebel", "email": "owner@mebel.example",
        "password": .string(TestCompany.password),
      ])
    let login: JSONObject = [
      "tenant": "mebel", "email": "boris@mebel.example",
      "password": .string(TestCompany.password),
    ]
    let ways: [(String, JSONObject)] = [
      ("auth.logout", [:]), ("auth.logout", ["session": true]), ("auth.login", login),
      ("auth.token", ["token": session["token"] ?? .null]), ("event.unsubscribe", [:]),
    ]
    for (method, parameters) in ways {
      let client = try await scene.another()
      try await scene.subscribe(client)
      let deal = try await scene.deal()
      // Control: it was told before.
      #expect(try await client.told.next().id == deal)
      try await client.call(method, parameters)
      try await scene.deal()
      _ = try await scene.settle(witness)
      #expect(client.told.count == 0, "\(method)")
    }
    _ = member
  }

  @Test("A log-out in the middle of a flood of events is followed by none")
  func race() async throws {
    let scene = try await EventScene.make()
    let witness = try await scene.witness()
    for _ in 0..<10 {
      let client = try await scene.another()
      try await scene.subscribe(client)
      async let flood: Void = {
        for _ in 0..<10 { try await scene.deal() }
      }()
      _ = try await client.told.next()
      try await client.call("auth.logout")
      let told = client.told.count
      try await flood
      _ = try await scene.settle(witness)
      #expect(client.told.count == told)
    }
  }

  @Test("A suspended company is told that it is, on every connection, and nothing else")
  func suspension() async throws {
    let scene = try await EventScene.make()
    let client = try await scene.another()
    try await scene.subscribe(client)
    let deal = try await scene.deal()
    #expect(try await client.told.next().id == deal)
    try await scene.company.operatorClient.call("tenant.suspend", ["tenant": "mebel"])
    let last = try await client.told.next()
    #expect(last["ended"]?["code"] == 1041)
    #expect(last["ended"]?["data"]?["state"] == "suspended")
    #expect(last["sequence"]?.int64 != nil)
    #expect(client.session.standing == .loggedIn)
    try await scene.company.operatorClient.call("tenant.resume", ["tenant": "mebel"])
    let witness = try await scene.witness()
    _ = try await scene.installation.login("mebel", "owner@mebel.example").call(
      "reason.create", ["kind": "loss", "name": "Дорого"])
    #expect(try await witness.told.next()["name"] == "reason.create")
    #expect(client.told.count == 0)
  }

  @Test("Whose session, token or account ends is told so at once, on another server too")
  func ended() async throws {
    let scene = try await EventScene.make()
    let other = try scene.installation.anotherServer(eventInterval: .milliseconds(20))
    let boris = try await scene.company.user("boris", role: "admin")
    let login: JSONObject = [
      "tenant": "mebel", "email": "boris@mebel.example",
      "password": .string(TestCompany.password),
    ]
    let token = try await boris.client.call("token.create", ["name": "Script"])
    let subscribed = { (server: TestInstallation, method: String, parameters: JSONObject) in
      let client = server.client()
      try await client.call(method, parameters)
      try await scene.subscribe(client)
      let deal = try await scene.deal()
      while try await client.told.next().id != deal {}
      return client
    }
    let expectEnd = { (client: TestClient) in
      var event = try await client.told.next()
      while event["ended"] == nil { event = try await client.told.next() }
      #expect(event["ended"]?["data"]?["kind"] == "unauthenticated")
      #expect(client.session.standing != .subscribed)
    }
    for server in [scene.installation, other] {
      let byToken = try await subscribed(
        server, "auth.token", ["token": token["token"] ?? .null])
      let bySession = try await subscribed(server, "auth.login", login)
      if server === other {
        try await scene.owner.call("token.revoke", ["id": token["id"] ?? .null])
        try await expectEnd(byToken)
      }
      let changing = try await scene.installation.login("mebel", "boris@mebel.example")
      try await changing.call("auth.logout", ["everywhere": true])
      try await expectEnd(bySession)
    }
    let last = try await subscribed(scene.installation, "auth.login", login)
    try await scene.owner.call("user.deactivate", ["id": .integer(boris.id)])
    try await expectEnd(last)
  }

  @Test("A session whose time is over ends its subscription, though nothing happens")
  func expiry() async throws {
    let scene = try await EventScene.make(interval: .milliseconds(20))
    let client = try await scene.another()
    try await scene.subscribe(client)
    scene.installation.clock.advance(seconds: 31 * 86_400)
    let event = try await client.told.next()
    #expect(event["ended"]?["code"] == 1001)
  }

  @Test("A plan without events ends subscriptions and takes no new ones")
  func plan() async throws {
    let scene = try await EventScene.make()
    let client = try await scene.another()
    try await scene.subscribe(client)
    try await scene.company.operatorClient.call(
      "plan.create", ["code": "bare", "name": "Bare", "features": []])
    try await scene.company.operatorClient.call(
      "tenant.set_plan", ["tenant": "mebel", "plan": "bare"])
    var event = try await client.told.next()
    while event["ended"] == nil { event = try await client.told.next() }
    #expect(event["ended"]?["data"]?["kind"] == "plan_limit")
    #expect(try await client.refusal("event.subscribe")?.kind == "plan_limit")
  }

  @Test(
    "Acting as somebody else ends what one subscribed to; what the other sees is told to the other")
  func assuming() async throws {
    let scene = try await EventScene.make()
    let witness = try await scene.witness()
    let boris = try await scene.company.user("boris")
    let token = try await scene.owner.call(
      "token.create",
      ["name": "Site", "kind": "service", "user": 1, "assume": true])
    let client = scene.installation.client()
    try await client.call("auth.token", ["token": token["token"] ?? .null])
    try await scene.subscribe(client)
    try await client.call("auth.assume", ["user": .integer(boris.id)])
    try await scene.deal()
    _ = try await scene.settle(witness)
    #expect(client.told.count == 0)
    // As Boris, who sees nothing; and as oneself again after the log-out, which ends it too.
    try await scene.subscribe(client)
    try await scene.deal()
    _ = try await scene.settle(witness)
    #expect(client.told.count == 0)
    try await client.call("auth.logout")
    try await scene.deal()
    _ = try await scene.settle(witness)
    #expect(client.told.count == 0)
  }

  @Test("The operator's look into a company ends what is told with it")
  func support() async throws {
    let scene = try await EventScene.make(interval: .milliseconds(20))
    let client = try await scene.installation.operatorClient()
    #expect(try await client.refusal("event.subscribe")?.kind == "forbidden")
    try await client.call(
      "auth.assume",
      ["tenant": "mebel", "user": 1, "reason": "Ticket 17", "minutes": 10])
    try await scene.subscribe(client)
    let deal = try await scene.deal()
    #expect(try await client.told.next().id == deal)
    try await scene.owner.call("settings.update", ["support_access": false])
    var event = try await client.told.next()
    while event["ended"] == nil { event = try await client.told.next() }
    #expect(event["ended"]?["code"] == 1001)
  }

  @Test("A token that is not for event.subscribe does not subscribe")
  func subset() async throws {
    let scene = try await EventScene.make()
    let token = try await scene.owner.call(
      "token.create", ["name": "Script", "methods": ["deal.list"]])
    let client = scene.installation.client()
    try await client.call("auth.token", ["token": token["token"] ?? .null])
    #expect(try await client.refusal("event.subscribe")?.kind == "forbidden")
  }
}
