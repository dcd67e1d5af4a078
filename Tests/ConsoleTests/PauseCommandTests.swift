internal import Foundation
import JSON
import Testing

@testable import Console

@Suite("voronka deal pause, and what is shown of clocks")
struct PauseCommandTests {
  private static let paused: JSON = [
    "id": 7, "kind": "deal", "pipeline": 2, "stage": 11, "title": "Кухня", "outcome": "open",
    "clocks": [
      "in_stage_s": 1_300_000, "life_s": 90_000, "silence_s": 60, "dwell_limit_s": 1_209_600,
      "overstayed": true, "life_limit_s": nil, "outlived": false,
      "paused": [
        "since": "2026-06-01T09:00:00Z", "until": "2026-12-01T00:00:00Z",
        "reason": "client on\u{1B}holiday", "by": 1,
      ],
    ],
  ]

  private static func server() -> FakeServer {
    FakeServer { method, _ in
      switch method {
      case "pipeline.list":
        return [
          "items": [
            [
              "id": 2, "kind": "deal", "name": "Услуги",
              "stages": [["id": 11, "name": "Новая", "kind": "open"]],
            ]
          ], "next": nil,
        ]
      case "user.list": return ["items": [["id": 1, "name": "Анна"]], "next": nil]
      case "settings.get": return ["timezone": "Europe/Moscow"]
      case "deal.board":
        let card: (JSONObject) -> JSON = { more in
          var card: JSONObject = ["id": 7, "title": "Кухня", "amount": nil, "responsible": 1]
          for member in more.members { card[member.name] = member.value }
          return .object(card)
        }
        return [
          "pipeline": 2,
          "stages": [
            [
              "stage": 11, "name": "Новая", "kind": "open", "count": 3, "amount": nil, "next": nil,
              "cards": [
                card(["paused": ["until": "2026-12-01T00:00:00Z", "reason": "holiday"]]),
                card(["overstayed": true]), card([:]),
              ],
            ]
          ],
        ]
      default: return paused
      }
    }
  }

  private func run(_ command: any ConsoleCommand) async -> (calls: [(String, JSON?)], String) {
    let console = TestConsole()
    let server = Self.server()
    let context = console.context(server: server.address)
    #expect(await Console.run(command, in: context) == .success)
    return (server.calls.map { ($0.method, $0.params) }, console.output)
  }

  @Test("A pause is asked for with its day and reason, and shown with the clocks")
  func pausing() async {
    let pause = PauseCommand(.pause(until: "2026-12-01", reason: "holiday"), id: 7)
    let (calls, output) = await run(pause)
    let asked = calls.first { $0.0 == "card.pause" }?.1
    #expect(asked == ["id": 7, "until": "2026-12-01", "reason": "holiday"])
    #expect(output.contains("15d 1h of 14d, over") && output.contains("1d 1h"))
    #expect(output.contains("until 2026-12-01 03:00: client on␛holiday (Анна)"))
    #expect(!output.contains("in_stage_s"))
  }

  @Test("Who says lead means one: it is looked for before anything is paused")
  func leads() async {
    let calls = await run(PauseCommand(.resume, id: 7, of: "lead")).calls.map(\.0)
    let told = calls.filter { $0.hasPrefix("lead.") || $0.hasPrefix("card.") }
    #expect(told == ["lead.get", "card.resume"])
  }

  @Test("Boards have a sign with the date and the reason, and one for what stands for too long")
  func signs() async {
    let output = await run(BoardCommand(pipeline: nil, cardsPerStage: 5)).1
    let lines = output.split(separator: "\n").filter { $0.contains("Кухня") }
    #expect(lines.map { $0.contains("‖ 2026-12-01 03:00 holiday") } == [true, false, false])
    #expect(lines.map { $0.contains("! too long here") } == [false, true, false])
    var moscow = Calendar(identifier: .gregorian)
    moscow.timeZone = TimeZone(identifier: "Europe/Moscow") ?? .gmt
    let drawing = WorkBoardDrawing(
      board: {
        var board = WorkBoard()
        board.take(
          [
            "stages": [
              [
                "stage": 11, "name": "Новая", "count": 1, "amount": nil,
                "cards": [
                  [
                    "id": 7, "title": "Кухня", "responsible": 1,
                    "paused": ["until": "2026-12-01T00:00:00Z", "reason": "holiday"],
                  ]
                ],
              ]
            ]
          ], pipeline: ["stages": [["id": 11, "kind": "open"]]])
        return board
      }(), people: [:], style: Style(isColoured: false), columns: 60, lines: 10,
      moments: SellerMoment(calendar: moscow, now: Date(timeIntervalSince1970: 1_795_597_200)))
    #expect(drawing.drawn().contains { $0.contains("‖ 01.12 03:00 holiday") })
  }
}
