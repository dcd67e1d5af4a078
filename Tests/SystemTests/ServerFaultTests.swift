internal import Foundation
internal import JSON
internal import TestSupport
internal import Testing
internal import VoronkaClient

/// What is left of a stream of new deals when the server itself is killed or stopped under it.
@Suite("Kills and stops of the server under load", .timeLimit(.minutes(10)))
struct ServerFaultTests {
  @Test("After kill -9 every acknowledged deal is there once, and a repeated one is not made twice")
  func killed() async throws {
    let folder = try ServerFolder()
    var server = try await RunningServer.start(in: folder)
    let company = try await WireCompany.make("kill", on: server)
    let stream = DealStream(company, hasKeys: true)
    try await stream.start(connections: 4)
    await stream.more(150)
    await server.kill9()
    try await stream.finish()

    // At once: what the killed one left running is none of the operator's business.
    server = try await RunningServer.start(in: folder)
    let owner = try await company.connect(to: server)
    let kept = try await company.titles(on: owner)
    for (title, fate) in stream.fates {
      if case .made = fate { #expect(kept[title] == 1, "\(title)") }
      #expect(kept[title, default: 0] <= 1, "\(title)")
    }
    #expect(stream.fates.values.contains(.unanswered))
    try await stream.repeatOpen(on: owner)
    let titles = try await company.titles(on: owner)
    #expect(titles.count == stream.fates.count && titles.values.allSatisfy { $0 == 1 })
    #expect(await server.stop() == .exited(0))
    #expect(folder.postmaster == nil)
  }

  @Test("A second server on the same folder is refused by name, and the first works on")
  func second() async throws {
    let server = try await SharedServer.get()
    let refused = await #expect(throws: RunningServer.Failure.self) {
      try await RunningServer.start(in: server.folder)
    }
    #expect(refused?.description.contains("process \(server.process)") == true)
    let connection = try await server.connect()
    #expect(try await connection.call("system.status")["state"] == "ready")
  }

  @Test(
    "SIGTERM under load: what had come is answered in whole lines and is there once, exit status 0")
  func stopped() async throws {
    let folder = try ServerFolder()
    var server = try await RunningServer.start(in: folder)
    let company = try await WireCompany.make("stop", on: server)
    guard case .tcp(_, let port) = try server.address() else { return }
    let stream = DealStream(company, hasKeys: true)
    try await stream.start(connections: 2)
    await stream.more(20)
    // Many requests that the server has read in part when it is told to stop.
    let lines =
      [#"{"jsonrpc":"2.0","id":0,"method":"auth.token","params":{"token":"\#(company.token)"}}"#]
      + (1...2000).map {
        #"{"jsonrpc":"2.0","id":\#($0),"method":"deal.create","params":{"pipeline":"#
          + #"\#(company.pipeline),"title":"raw \#($0)","idempotency_key":"raw \#($0)"}}"#
      }
    let asked = server
    let bytes = try await RawLines.exchange(lines, port: port) { asked.signal(SIGTERM) }
    #expect(await server.ending == .exited(0))
    try await stream.finish()
    #expect(folder.postmaster == nil)

    #expect(bytes.last == UInt8(ascii: "\n"))
    let replies = try bytes.split(separator: UInt8(ascii: "\n")).map {
      try JSONReader().read(String(decoding: $0, as: UTF8.self))
    }
    #expect(replies.compactMap { $0["id"]?.int64 } == replies.indices.map { Int64($0) })
    server = try await RunningServer.start(in: folder)
    let owner = try await company.connect(to: server)
    let kept = try await company.titles(on: owner)
    for (index, reply) in replies.enumerated() where index > 0 {
      if reply["result"] != nil {
        #expect(kept["raw \(index)"] == 1)
      } else {
        // With a key 1050 leaves open whether it was done, and repeating it gives the true answer: one
        // may have been on its way to the database when the time for ending ran out.
        #expect(reply["error"]?["code"] == 1050)
        _ = try await owner.call(
          "deal.create",
          [
            "pipeline": .integer(company.pipeline), "title": .string("raw \(index)"),
            "idempotency_key": .string("raw \(index)"),
          ])
      }
    }
    let titles = try await company.titles(on: owner)
    for index in replies.indices where index > 0 { #expect(titles["raw \(index)"] == 1) }
    for (title, fate) in stream.fates {
      if case .made = fate { #expect(titles[title] == 1, "\(title)") }
      #expect(titles[title, default: 0] <= 1, "\(title)")
    }
    #expect(await server.stop() == .exited(0))
  }
}
