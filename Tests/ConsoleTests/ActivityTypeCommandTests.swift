import JSON
import Testing

@testable import Console

@Suite struct ActivityTypeCommandTests {
  private static func server() -> FakeServer {
    FakeServer { method, _ in
      let own: JSON = ["id": 3, "name": "Показ", "base": "meeting", "active": true]
      switch method {
      case "activity_type.list": return ["items": [own], "next": nil]
      case "user.list": return ["items": [], "next": nil]
      case "activity.list":
        return [
          "items": [["id": 7, "card": 5, "type": "meeting", "own_type": 3, "state": "planned"]],
          "next": nil,
        ]
      default: return own
      }
    }
  }

  private static func run(_ command: some ConsoleCommand) async -> (FakeServer, TestConsole) {
    let (server, console) = (server(), TestConsole())
    let context = console.context(server: server.address) { $0.assumesYes = true }
    #expect(await Console.run(command, in: context) == .success, "\(console.errors)")
    return (server, console)
  }

  @Test func `A kind of the company's own is made, named by its name, and shown by it`() async {
    let (made, _) = await Self.run(ActivityTypeCommand(.create(name: "Замер", base: "task")))
    #expect(made.calls.last?.params == ["name": "Замер", "base": "task"])
    let (gone, _) = await Self.run(ActivityTypeCommand(.delete("показ")))
    #expect(gone.calls.last?.params == ["id": 3])
    let (_, listed) = await Self.run(ActivityTypeCommand(.list(inactive: false)))
    #expect(listed.output.contains("Показ") && listed.output.contains("meeting"))
    let (_, activities) = await Self.run(ActivityCommand(.list(card: 5)))
    #expect(activities.output.contains("Показ"))
  }

  @Test func `An activity is planned by the name of its kind, whoever made that`() async {
    let due = "2026-06-02T10:00:00Z"
    for (name, member, value) in [
      ("Показ", "own_type", 3), ("call", "type", "call"), ("meet", "type", "meeting"),
    ] as [(String, String, JSON)] {
      let (server, _) = await Self.run(
        ActivityCommand(.plan(card: 5, type: name, due: due, subject: nil, responsible: nil)))
      let sent = server.calls.last { $0.method == "activity.plan" }?.params
      var expected: JSONObject = ["card": 5, "due_at": .string(due)]
      expected[member] = value
      #expect(sent == .object(expected))
    }
  }
}
