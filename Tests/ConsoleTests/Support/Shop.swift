import Foundation
import JSON
import TestSupport
import Testing
import VoronkaClient

@testable import Console

/// A company with a pipeline of two stages, the second with a required field, and one deal.
struct Shop {
  let server: RunningServer
  let owner: ServerConnection
  let token: String
  let pipeline: Int64
  let deal: Int64

  static func make(on server: RunningServer? = nil) async throws -> Shop {
    let server = if let server { server } else { try await RunningServer.start() }
    let installer = try await server.operatorConnection()
    _ = try await installer.call(
      "plan.create", ["code": "start", "name": "Start", "limits": [:]])
    _ = try await installer.call(
      "tenant.create",
      [
        "slug": "mebel", "name": "Mebel", "plan": "start", "currency": "RUB", "locale": "en",
        "timezone": "Europe/Moscow",
        "admin": [
          "email": "anna@mebel.example", "name": "Anna", "password": "correct horse battery",
        ],
      ])
    let (owner, token) = try await login(server)
    _ = try await owner.call(
      "field.create", ["for": "deal", "key": "budget", "name": "Budget", "type": "number"])
    _ = try await owner.call("reason.create", ["kind": "loss", "name": "Too dear"])
    let pipeline = try await owner.call(
      "pipeline.create",
      [
        "kind": "deal", "name": "Kitchens",
        "stages": [["name": "New"], ["name": "Measured", "required": ["budget"]]],
      ])
    let id = try #require(pipeline["id"]?.int64)
    let deal = try await owner.call(
      "deal.create", ["pipeline": .integer(id), "title": "Oak kitchen"])
    return Shop(
      server: server, owner: owner, token: token, pipeline: id,
      deal: try #require(deal["id"]?.int64))
  }

  static func login(_ server: RunningServer) async throws -> (ServerConnection, String) {
    let owner = try await server.connect()
    let login = try await owner.call(
      "auth.login",
      ["tenant": "mebel", "email": "anna@mebel.example", "password": "correct horse battery"])
    return (owner, try #require(login["token"]?.string))
  }

  /// Work that is under way: keys are typed as the test goes on.
  struct Seat {
    let console: TestConsole
    let typing: AsyncStream<Key>.Continuation
    let work: Task<CommandEnd, Never>

    func type(_ text: String) {
      for character in text { typing.yield(character == "\n" ? .enter : .character(character)) }
    }

    /// The last picture that was drawn.
    var screen: Substring {
      let output = console.output
      let start = output.range(of: "\u{1B}[H", options: .backwards)?.upperBound
      return output[(start ?? output.startIndex)...]
    }

    func shows(_ phrase: String) async {
      // A test whose time is over gives up: else it kept the processor from the others for good.
      while !screen.contains(phrase), !Task.isCancelled { await Task.yield() }
    }
  }

  /// Sits down to work, over another address where one is given.
  func seat(
    over address: String? = nil, pipeline: String? = nil, columns: Int = 100,
    pause: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    now: @escaping @Sendable () -> Date = { Date() }
  ) throws -> Seat {
    let (keys, typing) = AsyncStream.makeStream(of: Key.self)
    let console = TestConsole()
    let context = console.context(
      server: try address ?? server.address().description, terminal: .present
    ) { $0.token = token }
    let command = WorkCommand(
      pipeline: pipeline, keys: KeySource(keys, columns: columns, lines: 30), now: now, pause: pause
    )
    return Seat(
      console: console, typing: typing, work: Task { await Console.run(command, in: context) })
  }

  /// Works with keys that are all known beforehand: a line break is Enter.
  func work(_ typed: String) async throws -> TestConsole {
    let seat = try seat()
    seat.type(typed)
    seat.typing.finish()
    #expect(await seat.work.value == .success, "\(seat.console.errors)")
    return seat.console
  }

  /// Runs a command as the owner, or with another token; what it printed.
  func run(
    _ command: any ConsoleCommand, token: String? = nil, output: OutputFormat? = nil,
    ends end: CommandEnd = .success
  ) async throws -> TestConsole {
    let console = TestConsole()
    let context = console.context(server: try server.address().description) {
      $0.token = token ?? self.token
      $0.output = output
    }
    #expect(await Console.run(command, in: context) == end, "\(console.errors)")
    return console
  }

  func deal(_ id: Int64? = nil) async throws -> JSON {
    try await owner.call("deal.get", ["id": .integer(id ?? deal)])
  }

  func notes() async throws -> [String] {
    let notes = try await owner.call("note.list", ["card": .integer(deal)])
    return (notes["items"]?.array ?? []).compactMap { $0["text"]?.string }
  }
}
