import Foundation
import JSON
import Testing

@testable import Console

@Suite struct PlanCommandTests {
  private static let plan: JSON = [
    "code": "start", "name": "Start", "limits": ["deal_pipelines": 2, "users": .null],
    "features": .null, "retention": ["history_days": 365], "version": 2,
  ]

  private static func server(noticing companies: JSON) -> FakeServer {
    FakeServer { method, params in
      switch (method, params["dry_run"]) {
      case ("plan.update", true):
        ["dry_run": true, "plan": "start", "companies": companies, "untouched": 3]
      case ("usage.get", _):
        [
          "plan": "start",
          "limits": [
            "deal_pipelines": ["max": 2, "used": 1, "share": 0.5],
            "users": ["max": .null, "used": 7, "share": .null],
          ], "features": ["audit"], "retention": ["history_days": .null],
        ]
      default: plan
      }
    }
  }

  private static let noticed: JSON = [
    [
      "tenant": "mebel", "freeze": [["id": 3, "name": "Services"]], "thaw": [],
      "exceeded": [["limit": "deal_pipelines", "max": 2, "used": 3]], "features_lost": [],
      "kept_shorter": [],
    ]
  ]

  private func draft() -> PlanDraft {
    var draft = PlanDraft(code: "start")
    draft.limits = ["deal_pipelines=2", "users=none"]
    draft.retention = ["history_days=365"]
    return draft
  }

  @Test func `A dry run shows each company that would notice, and asks for nothing more`() async {
    let console = TestConsole()
    let server = Self.server(noticing: Self.noticed)
    let context = console.context(server: server.address, terminal: .present)
    let command = PlanCommand(.update(draft(), dryRun: true))
    #expect(await Console.run(command, in: context) == .success)
    #expect(console.output.contains("mebel") && console.output.contains("Services"))
    #expect(console.output.contains("deal_pipelines 3 of 2"))
    #expect(
      server.calls.map(\.params) == [
        [
          "code": "start", "limits": ["deal_pipelines": 2, "users": .null],
          "retention": ["history_days": 365], "dry_run": true,
        ]
      ])
  }

  @Test func `Where companies would notice it asks, and without a terminal it changes nothing`()
    async
  {
    let console = TestConsole()
    let server = Self.server(noticing: Self.noticed)
    let command = PlanCommand(.update(draft(), dryRun: false))
    #expect(await Console.run(command, in: console.context(server: server.address)) == .usage)
    #expect(server.calls.count == 1)
  }

  @Test func `Where none would notice the plan changes and is shown line by line`() async {
    let console = TestConsole()
    let server = Self.server(noticing: [])
    let context = console.context(server: server.address, terminal: .present)
    let command = PlanCommand(.update(draft(), dryRun: false))
    #expect(await Console.run(command, in: context) == .success)
    #expect(server.calls.count == 2 && server.calls.last?.params["dry_run"] == nil)
    let lines = console.output.split(separator: "\n").map {
      $0.split(separator: "  ").map(String.init)
    }
    #expect(lines.contains { $0.first == "deal pipelines" && $0.last?.contains("2") == true })
    #expect(lines.contains { $0.first == "users" && $0.last?.contains("no limit") == true })
  }

  @Test func `Usage is a table with a line for each limit`() async {
    let console = TestConsole()
    let context = console.context(server: Self.server(noticing: []).address, terminal: .present)
    #expect(await Console.run(UsageCommand(), in: context) == .success)
    #expect(console.output.contains("50 %") && console.output.contains("no limit"))
    #expect(console.output.contains("keeps history days: for ever"))
  }

  @Test func `A limit that is no number is wrong usage, before anything is sent`() async {
    let console = TestConsole()
    let server = Self.server(noticing: [])
    var draft = PlanDraft(code: "start")
    draft.limits = ["users=many"]
    let command = PlanCommand(.create(draft))
    #expect(await Console.run(command, in: console.context(server: server.address)) == .usage)
    #expect(server.calls.isEmpty)
  }
}
