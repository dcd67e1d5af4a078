import JSON
import Testing

@testable import Console

@Suite struct ActivityViewTests {
  private static let activity: JSON = [
    "id": 3, "card": 5, "type": "call", "subject": "Прайс\u{1B}[2J", "direction": "outgoing",
    "state": "planned", "due_at": "2026-06-02T10:00:00.000000Z", "overdue": true, "done_at": nil,
    "outcome": nil, "answered": false, "responsible": 1,
  ]

  private static func server() -> FakeServer {
    FakeServer { method, _ in
      switch method {
      case "user.list":
        return ["items": [["id": 1, "name": "Анна", "email": "anna@mebel.example"]], "next": nil]
      case "activity.list": return ["items": [activity], "next": nil]
      case "activity.my_day":
        let card: JSON = [
          "id": 5, "kind": "deal", "title": "Кухня", "touched_at": "2026-05-01T10:00:00.000000Z",
        ]
        let none: JSON = ["items": [], "count": 0]
        return [
          "date": "2026-06-02", "user": 1,
          "overdue": ["items": [["activity": activity, "card": card]], "count": 7],
          "today": none, "incoming": none, "neglected": ["items": [["card": card]], "count": 1],
        ]
      default: return activity
      }
    }
  }

  @Test func `A day is told in its parts, with how many there are`() async {
    let console = TestConsole()
    let server = Self.server()
    let context = console.context(server: server.address)
    #expect(
      await Console.run(MyDayCommand(date: "2026-06-02", user: "anna@mebel.example"), in: context)
        == .success)
    #expect(server.lastCall?.params == ["date": "2026-06-02", "user": 1])
    for text in [
      "Overdue (7)", "Today (0)", "Neglected: nothing is planned (1)", "6 more", "Кухня",
    ] {
      #expect(console.output.contains(text), "\(text) in \(console.output)")
    }
    #expect(!console.output.contains("\u{1B}"))
  }

  @Test func `What is done is sent with what comes next`() async {
    let console = TestConsole()
    let server = Self.server()
    let context = console.context(server: server.address)
    let next = ActivityCommand.Next(
      type: "email", due: "2026-06-03T10:00:00+03:00", subject: "Прайс")
    let command = ActivityCommand(.complete(id: 3, outcome: "Думает", next: next))
    #expect(await Console.run(command, in: context) == .success)
    #expect(
      server.lastCall?.params
        == [
          "id": 3, "outcome": "Думает",
          "next": ["type": "email", "due_at": "2026-06-03T10:00:00+03:00", "subject": "Прайс"],
        ])
    _ = await Console.run(ActivityCommand(.list(card: 5)), in: context)
    #expect(console.output.contains("overdue") && console.output.contains("Анна"))
  }

  @Test func `What is planned next is told in lines of its own, below what was missed`() async {
    let server = FakeServer { method, _ in
      guard method == "activity.missed_call", var missed = Self.activity.object else { return [:] }
      missed["next"] = Self.activity
      return .object(missed)
    }
    let console = TestConsole()
    let context = console.context(server: server.address)
    #expect(
      await Console.run(ActivityCommand(.missedCall(card: 5, retry: nil)), in: context) == .success)
    let lines = console.output.split(separator: "\n").map(String.init)
    #expect(lines.contains("next") && lines.count { $0.hasPrefix("due_at ") } == 2, "\(lines)")
    #expect(!console.output.contains("id: 3"))
  }
}
