internal import JSON
internal import TestSupport
internal import Testing
internal import VoronkaClient

/// Events over real sockets, to the client library and the console.
@Suite("Events of the server program", .timeLimit(.minutes(10)))
struct EventTests {
  @Test("A client and the console are told what happens; at the server's stop both end cleanly")
  func watching() async throws {
    let server = try await RunningServer.start()
    let company = try await WireCompany.make("events", on: server)
    let client = try await company.connect()
    let start = try await client.call("event.subscribe", ["nouns": ["deal"]])
    let sequence = try #require(start["sequence"]?.int64)
    var deals: [JSON] = []
    for number in 0..<3 {
      deals.append(
        try await company.owner.call(
          "deal.create", ["pipeline": .integer(company.pipeline), "title": .string("D\(number)")]))
    }
    var events: [JSON] = []
    for try await notification in client.notifications {
      #expect(notification.method == "event")
      events.append(notification.params)
      if events.count == deals.count { break }
    }
    #expect(events.map { $0["id"] } == deals.map { $0["id"] })
    let environment = [
      "VORONKA_SERVER": try server.address().description, "VORONKA_TOKEN": company.token,
      "XDG_CONFIG_HOME": server.folder.path,
    ]
    let watch = { (more: [String]) in
      try await Program.run(
        "voronka", ["watch", "--after", "\(sequence)"] + more, environment: environment)
    }
    let lines = try await watch(["--count", "3", "--output", "json"])
    #expect(lines.status == .exited(0))
    let told = try lines.output.split(separator: "\n").map { try JSONReader().read(String($0)) }
    #expect(told == events)
    let text = try await watch(["--count", "1", "--about", "deal", "--pipeline", "Stream"])
    #expect(text.output.contains("deal.create") && text.output.contains("by Owner"))
    #expect(text.errors.contains("Watching from \(sequence) on."))

    // Without an end: until the server's.
    async let endless = watch([])
    var other = client.notifications.makeAsyncIterator()
    _ = try await company.owner.call(
      "deal.delete", ["id": deals[0]["id"] ?? .null])
    #expect(try await other.next()?.params["name"] == "deal.delete")
    #expect(await server.stop() == .exited(0))
    await #expect(throws: ConnectionError.self) { _ = try await other.next() }
    let ended = try await endless
    #expect(ended.status == .exited(3))
    #expect(!ended.output.contains("BROKEN"))
  }
}
