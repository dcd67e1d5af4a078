import Foundation
import Glibc
import JSON
import TestSupport
import Testing

@testable import Console

/// `voronka work` as a process before a terminal, which gets it back whatever happens.
@Suite(.timeLimit(.minutes(3))) struct WorkTerminalTests {
  /// A server that knows one board.
  private static func answer(_ method: String) throws -> JSON {
    switch method {
    case "auth.whoami": ["principal": ["kind": "user", "user": ["id": 3]]]
    case "event.subscribe": ["sequence": 1]
    case "settings.get": ["currency": "RUB", "timezone": "Europe/Moscow"]
    case "pipeline.list":
      [
        "items": [
          [
            "id": 2, "kind": "deal", "name": "Kitchens",
            "stages": [["id": 11, "kind": "open", "name": "New"]],
          ]
        ], "next": .null,
      ]
    case "deal.get":
      ["id": 5, "kind": "deal", "pipeline": 2, "stage": 11, "title": "Oak \u{1B}[2J"]
    case "deal.board":
      [
        "pipeline": 2,
        "stages": [
          [
            "stage": 11, "name": "New", "count": 1,
            "cards": [["id": 5, "kind": "deal", "stage": 11, "title": "Oak \u{1B}[2J kitchen"]],
          ]
        ],
      ]
    default: ["items": [], "next": .null]
    }
  }

  private struct Seat {
    let terminal: PseudoTerminal
    let server: FakeServer
    let before: [UInt8]
    let process: pid_t

    /// The work, as soon as its board is shown.
    static func taken(
      _ server: FakeServer = FakeServer { method, _ in try WorkTerminalTests.answer(method) }
    ) async throws -> Seat {
      let terminal = try PseudoTerminal()
      let before = terminal.modes
      let process = try await terminal.start(
        RunningServer.program("voronka").path, ["work"],
        environment: [
          "VORONKA_SERVER": server.address, "VORONKA_TOKEN": "vus_x", "HOME": "/nonexistent",
        ])
      await terminal.shows("5 Oak")
      #expect(terminal.modes != before)
      return Seat(terminal: terminal, server: server, before: before, process: process)
    }

    /// That the terminal is as it was: its modes, its screen, its cursor.
    func expectGivenBack(_ status: Int32, _ comment: Comment? = nil) async {
      #expect(await terminal.ending == .exited(status), comment)
      #expect(terminal.modes == before, comment)
      await terminal.shows(Screen.closing)
      let last = terminal.text.components(separatedBy: Screen.opening).last ?? ""
      #expect(last.contains(Screen.closing), comment)
    }
  }

  @Test(arguments: zip([SIGTERM, SIGHUP, SIGINT, SIGQUIT], [143, 129, 130, 131] as [Int32]))
  func `A signal that ends it gives the terminal back`(signal: Int32, status: Int32) async throws {
    let seat = try await Seat.taken()
    kill(seat.process, signal)
    await seat.expectGivenBack(status)
  }

  @Test(arguments: zip(["q", "\u{3}", "\u{4}", "й"], [0, 130, 0, 0] as [Int32]))
  func `A key that ends it gives the terminal back`(key: String, status: Int32) async throws {
    let seat = try await Seat.taken()
    seat.terminal.type(key)
    await seat.expectGivenBack(status)
  }

  @Test func `In the middle of a question too, and a second signal does not wait`() async throws {
    let seat = try await Seat.taken()
    seat.terminal.type("n")
    await seat.terminal.shows("Note on 5")
    kill(seat.process, SIGTERM)
    kill(seat.process, SIGTERM)
    await seat.expectGivenBack(143)
  }

  @Test func `The end of the session gives the terminal back, and is said after that`() async throws
  {
    let isOver = Flag()
    let seat = try await Seat.taken(
      FakeServer { method, _ in
        guard !isOver.isSet else {
          throw FakeServer.Refusal(code: 1001, kind: "unauthenticated", message: "Log in first.")
        }
        return try WorkTerminalTests.answer(method)
      })
    isOver.set()
    seat.terminal.type("r")
    await seat.expectGivenBack(1)
    await seat.terminal.shows("Your session has ended: log in again with voronka login.")
  }

  @Test(arguments: zip(["q", "\u{3}"], [0, 130] as [Int32]))
  func `A lost connection is said, and one leaves while it is being made anew`(
    key: String, status: Int32
  ) async throws {
    let isGone = Flag()
    let seat = try await Seat.taken(
      FakeServer { method, _ in
        guard !isGone.isSet else { throw FakeServer.Silence() }
        return try WorkTerminalTests.answer(method)
      })
    isGone.set()
    // With a request under way, which waits for the next connection.
    seat.terminal.type("r")
    await seat.terminal.shows("No connection")
    await seat.terminal.shows("tried 1×")
    seat.terminal.type(key)
    await seat.expectGivenBack(status)
  }

  @Test func `What cannot be shown at all leaves the terminal alone`() async throws {
    let server = FakeServer { method, _ in
      if method == "pipeline.list" { return ["items": [], "next": .null] }
      return try WorkTerminalTests.answer(method)
    }
    let terminal = try PseudoTerminal()
    let before = terminal.modes
    _ = try await terminal.start(
      RunningServer.program("voronka").path, ["work"],
      environment: [
        "VORONKA_SERVER": server.address, "VORONKA_TOKEN": "vus_x", "HOME": "/nonexistent",
      ])
    #expect(await terminal.ending == .exited(2))
    await terminal.shows("There is no pipeline yet")
    #expect(terminal.modes == before)
  }

  @Test func `A window of another size is drawn anew at that size`() async throws {
    let seat = try await Seat.taken()
    seat.terminal.resize(columns: 140, lines: 40)
    await seat.terminal.shows("Kitchens · 1 open" + String(repeating: " ", count: 120))
    seat.terminal.type("q")
    await seat.expectGivenBack(0)
    let frames = seat.terminal.text.components(separatedBy: "\u{1B}[H")
    let lines = frames.last?.components(separatedBy: "\r\n") ?? []
    #expect(lines.count == 40 && lines.contains { $0.contains("5 Oak") })
  }

  @Test func `Text from the server is never a command to the terminal`() async throws {
    let seat = try await Seat.taken()
    seat.terminal.type("\r")
    await seat.terminal.shows("where")
    seat.terminal.type("qq")
    await seat.expectGivenBack(0)
    #expect(!seat.terminal.text.contains("\u{1B}[2J"))
  }

  @Test func `Control-Z goes to the shell with the terminal as it was, and fg comes back`()
    async throws
  {
    let server = FakeServer { method, _ in try WorkTerminalTests.answer(method) }
    let terminal = try PseudoTerminal()
    let before = terminal.modes
    let script = #"set -m; "$0" work; echo "left $?"; read -r word; fg >/dev/null; echo "ended $?""#
    _ = try await terminal.start(
      "/bin/bash", ["-c", script, RunningServer.program("voronka").path],
      environment: [
        "VORONKA_SERVER": server.address, "VORONKA_TOKEN": "vus_x", "HOME": "/nonexistent",
      ])
    await terminal.shows("5 Oak")
    let raw = terminal.modes
    terminal.type("\u{1A}")
    await terminal.shows("left 148")
    #expect(terminal.modes == before && raw != before)
    #expect(terminal.text.contains(Screen.closing))
    let mark = terminal.mark
    terminal.type("on\n")
    await terminal.shows(Screen.opening, after: mark)
    await terminal.shows("5 Oak", after: mark)
    terminal.type("q")
    await terminal.shows("ended 0")
    #expect(terminal.modes == before)
  }
}
