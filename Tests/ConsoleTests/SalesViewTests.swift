import JSON
import Testing

@testable import Console

@Suite struct SalesViewTests {
  private static let pipeline: JSON = [
    "id": 2, "kind": "deal", "name": "Услуги",
    "stages": [
      ["id": 11, "name": "Новая", "kind": "open"], ["id": 12, "name": "Думает", "kind": "open"],
      ["id": 14, "name": "Выиграна", "kind": "won"], ["id": 15, "name": "Отказ", "kind": "lost"],
    ],
  ]

  private static func card(_ id: Int, _ title: String) -> JSON {
    [
      "id": .integer(id), "pipeline": 2, "stage": 11, "title": .string(title), "responsible": 1,
      "outcome": "open", "amount": ["amount": "250000.00", "currency": "RUB"],
    ]
  }

  private static func server() -> FakeServer {
    FakeServer { method, params in
      switch method {
      case "pipeline.list": return ["items": [pipeline], "next": nil]
      case "pipeline.get": return pipeline
      case "user.list":
        return ["items": [["id": 1, "name": "Анна", "email": "anna@mebel.example"]], "next": nil]
      case "team.list": return ["items": [["id": 7, "name": "Старшие"]], "next": nil]
      case "deal.board":
        return [
          "pipeline": 2,
          "stages": .array(
            (1...7).map { index in
              [
                "stage": .integer(index), "name": .string("Этап номер \(index) 漢字"), "count": 31,
                "amount": ["amount": "7750000.00", "currency": "RUB"],
                "cards": [card(1, "Кухня на заказ с островом\u{1B}[2J"), card(2, "漢字漢字漢字漢字漢字")],
                "next": "x",
              ]
            }),
        ]
      case "report.funnel":
        return [
          "totals": [
            "created": 100, "open": 20, "won": 30, "lost": 50,
            "won_amount": ["amount": "3000000.00", "currency": "RUB"],
            "average_sale": ["amount": "100000.00", "currency": "RUB"],
          ],
          "stages": [
            [
              "stage": 11, "name": "Новая", "entered": 100, "reached": 100, "from_previous": nil,
              "overall": 1.0, "lost_here": 30, "open_here": 10,
              "dwell": ["stays": 90, "median_s": 90000.0, "p90_s": 1.0],
            ],
            [
              "stage": 12, "name": "Думает", "entered": 60, "reached": 60, "from_previous": 0.6,
              "overall": 0.6, "lost_here": 20, "open_here": 10,
              "dwell": ["stays": 0, "median_s": nil, "p90_s": nil],
            ],
          ],
          "shape": ["verdict": "colander", "findings": ["Too many are lost late."]],
        ]
      default: return card(5, "Кухня")
      }
    }
  }

  @Test(arguments: [24, 40, 60, 80, 200])
  func `A board fits the terminal, whatever its width`(width: Int) async {
    let console = TestConsole()
    let server = Self.server()
    let terminal = Terminal(hasInput: true, hasOutput: true, hasErrors: true, width: width)
    let context = console.context(server: server.address, terminal: terminal) {
      $0.colour = .never
    }
    let board = BoardCommand(pipeline: nil, cardsPerStage: 2)
    #expect(await Console.run(board, in: context) == .success)
    let lines = console.output.split(separator: "\n")
    #expect(lines.allSatisfy { DisplayWidth.of(String($0)) <= width })
    #expect(console.output.contains("29 more") && !console.output.contains("\u{1B}"))
    #expect((1...7).allSatisfy { console.output.contains("Этап номер \($0)") })
  }

  @Test func `A board that is piped is a list with nothing cut`() async {
    let console = TestConsole()
    let server = Self.server()
    let context = console.context(server: server.address)
    _ = await Console.run(BoardCommand(pipeline: "услуги", cardsPerStage: 2), in: context)
    #expect(
      console.output.contains(
        "  1  Кухня на заказ с островом␛[2J  250\u{A0}000\u{A0}RUB  Анна\n"))
  }

  @Test func `A funnel shows bars, conversions, losses, stay and verdict`() async {
    let console = TestConsole()
    let server = Self.server()
    var filter = FunnelCommand.Filter()
    filter.from = "2016-10-01"
    filter.team = "старшие"
    filter.responsible = "anna@mebel.example"
    let context = console.context(server: server.address, terminal: .present) {
      $0.colour = .never
    }
    #expect(
      await Console.run(FunnelCommand(pipeline: nil, filter: filter), in: context) == .success)
    #expect(
      server.calls.last?.params
        == ["pipeline": 2, "from": "2016-10-01", "team": 7, "responsible": 1])
    let lines = console.output.split(separator: "\n").map(String.init)
    #expect(
      lines.contains {
        $0.hasPrefix(
          "created\u{A0}100 · open\u{A0}20 · won\u{A0}30 · lost\u{A0}50 · win\u{A0}rate\u{A0}37.5%")
      })
    #expect(lines.contains { $0.hasPrefix("Новая") && $0.contains("█") && $0.contains("1d 1h") })
    #expect(lines.contains { $0.hasPrefix("Думает") && $0.contains("60.0%") })
    #expect(lines.contains { $0.hasPrefix("won") && $0.contains("50.0%") && $0.contains("30.0%") })
    #expect(lines.contains("shape: colander") && lines.contains("  - Too many are lost late."))
    let table = lines.filter { !$0.hasPrefix("created") }
    #expect(table.allSatisfy { DisplayWidth.of($0) <= 80 })
  }

  @Test(arguments: [30, 40, 50, 60, 70, 80, 90, 120])
  func `A funnel fits the terminal, whatever its width`(width: Int) async {
    let console = TestConsole()
    let server = Self.server()
    let terminal = Terminal(hasInput: true, hasOutput: true, hasErrors: true, width: width)
    let context = console.context(server: server.address, terminal: terminal) {
      $0.colour = .never
    }
    _ = await Console.run(FunnelCommand(pipeline: nil, filter: .init()), in: context)
    let lines = console.output.split(separator: "\n").map(String.init)
    #expect(lines.allSatisfy { DisplayWidth.of($0) <= width }, "\(lines)")
  }

  @Test func `Names are taken where ids are, and doubtful ones are refused with the choices`()
    throws
  {
    let items: [JSON] = [
      ["id": 1, "name": "Sales"], ["id": 2, "name": "sales north"], ["id": 3, "name": "Salon"],
    ]
    let find = { (text: String) in
      try Directory.match(items, text, noun: "pipeline") { [$0["name"]?.string ?? ""] }["id"]
    }
    #expect(try find("Sales") == 1)
    #expect(try find("SALES NORTH") == 2)
    #expect(try find("salo") == 3)
    #expect { try find("sal") } throws: { error in
      guard case ConsoleFailure.usage(let text) = error else { return false }
      return text.contains("Sales (1)") && text.contains("Salon (3)")
    }
    #expect(throws: ConsoleFailure.self) { try find("x") }
  }

  @Test func `A deal is moved by the stage's name`() async {
    let console = TestConsole()
    let server = Self.server()
    let move = DealMoveCommand(id: 5, stage: "Думает", fields: ["size=12", "colour=red"])
    #expect(await Console.run(move, in: console.context(server: server.address)) == .success)
    let call = server.calls.first { $0.method == "deal.move" }
    #expect(call?.params == ["id": 5, "stage": 12, "fields": ["size": 12, "colour": "red"]])
  }

  @Test(arguments: [("1200.50 rub", "1200.50", "RUB"), ("250 000", "250000", nil)])
  func `Money is typed with or without its currency`(
    text: String, amount: String, currency: String?
  ) throws {
    let money = try MoneyArgument.split(text)
    #expect(money.amount == amount && money.currency == currency)
  }

  @Test(arguments: ["", "RUB", "1.2.3 RUB", "12,5", "1 RU", "-"])
  func `What is no money is refused`(text: String) {
    #expect(throws: ConsoleFailure.self) { try MoneyArgument.split(text) }
  }
}
