import JSON
import Testing

@testable import Console

/// Rights as people read them.
@Suite struct AccessViewTests {
  private static func server() -> FakeServer {
    FakeServer { method, _ in
      switch method {
      case "pipeline.list", "pipeline.get":
        let pipeline: JSON = [
          "id": 2, "kind": "deal", "name": "Услуги", "stages": [["id": 11, "name": "Новая"]],
        ]
        return method == "pipeline.get" ? pipeline : ["items": [pipeline], "next": nil]
      case "user.list":
        return ["items": [["id": 5, "name": "Борис", "email": "b@x.example"]], "next": nil]
      case "team.list": return ["items": [["id": 7, "name": "Старшие"]], "next": nil]
      case "access.matrix":
        return [
          "pipelines": [["id": 2, "name": "Услуги"]],
          "items": [
            ["user": ["id": 1, "name": "Анна"], "role": "owner", "everything": true],
            [
              "user": ["id": 5, "name": "Борис"], "role": "member", "everything": false,
              "pipelines": [
                [
                  "pipeline": 2,
                  "actions": [
                    "view": [
                      ["cards": "own", "outcome": "any", "stages": nil, "grants": [1]],
                      ["cards": "all", "outcome": "lost", "stages": [15], "grants": [2]],
                    ], "create": [["grants": [1]]], "assign": [["leading": true]],
                  ],
                ]
              ],
            ],
          ], "next": nil,
        ]
      case "access.preview":
        return [
          "people": [
            [
              "user": ["id": 5, "name": "Борис"], "gains": [],
              "loses": [["pipeline": 2, "cards": 12]],
            ]
          ], "unseen": ["count": 2, "cards": [["card": 9, "pipeline": 2, "responsible": 5]]],
        ]
      case "access.explain":
        return [
          "actions": [
            "view": ["allowed": true, "by": [["grant": 1, "to": ["team": 7]]]],
            "close": [
              "allowed": false, "because": "No.",
              "would_need": [
                "pipeline": 2, "to": ["user": 5], "actions": ["view", "close"], "cards": "team",
                "outcome": "open", "stages": [11],
              ],
            ],
          ]
        ]
      default: return ["id": 3]
      }
    }
  }

  /// What a command prints, line by line.
  private func lines(
    of command: any ConsoleCommand, server: FakeServer = Self.server()
  ) async -> [String] {
    let console = TestConsole()
    let context = console.context(server: server.address)
    #expect(await Console.run(command, in: context) == .success, "\(console.errors)")
    return console.output.split(separator: "\n").map(String.init)
  }

  @Test func `The matrix has a line for each person and pipeline, and a word for each scope`() async
  {
    let lines = await lines(of: AccessMatrixCommand(showsTeams: false, pipeline: nil))
    #expect(lines.contains { $0.contains("Анна") && $0.contains("all: owner") })
    #expect(
      lines.contains {
        $0.contains("Борис") && $0.contains("Услуги") && $0.contains("own + all lost in 15")
          && $0.contains("yes") && $0.contains("led")
      })
  }

  @Test func `A preview says who loses what and which cards nobody responsible would see`() async {
    let lines = await lines(of: AccessPreviewCommand(.leave(team: "Старшие", user: "Борис")))
    #expect(lines.contains { $0.contains("Борис") && $0.contains("12 in Услуги") })
    #expect(lines.last?.contains("2 (9, …)") == true)
  }

  @Test func `What would be needed is the command that gives it`() async {
    let lines = await lines(of: AccessExplainCommand(user: "Борис", card: 9))
    #expect(
      lines.contains {
        $0.contains("grant give 2 view close --user 5 --cards team --outcome open --stage 11")
      })
  }

  @Test func `A grant is given by names, also of stages`() async {
    let server = Self.server()
    let terms = GrantTerms(
      pipeline: "Услуги", to: .team("Старшие"), actions: ["view"], cards: "all", outcome: "any",
      stages: ["новая"])
    _ = await lines(of: GrantCommand(.give(terms)), server: server)
    let given = server.calls.last { $0.method == "grant.give" }
    #expect(given?.params["stages"] == [11])
    #expect(given?.params["to"] == ["team": 7])
  }
}
