import JSON
import Testing

@testable import Console

@Suite struct InvoiceCommandTests {
  private static func server() -> FakeServer {
    FakeServer { method, params in
      switch method {
      case "settings.get": return ["currency": "RUB"]
      case "product.list":
        return [
          "items": [["id": 5, "name": "Стол"], ["id": 6, "name": "Стол-2"]], "next": .null,
        ]
      case "deal.set_lines":
        return [
          "id": 3, "title": "Кухня",
          "lines": [["product": 5, "name": "Стол", "quantity": 2, "discount": 5]],
        ]
      case "invoice.list":
        return [
          "items": [
            [
              "id": 7, "deal": 3, "number": "А-1", "state": "open", "overdue": true,
              "amount": ["amount": "100.00", "currency": "RUB"], "due_at": "2026-06-10",
            ]
          ], "next": .null,
        ]
      case "pipeline.list", "user.list": return ["items": [], "next": .null]
      default: return ["id": 7, "number": "А-1"]
      }
    }
  }

  @Test func `Lines are told by product, quantity, price and discount`() async {
    let console = TestConsole()
    let server = Self.server()
    let context = console.context(server: server.address, terminal: .present)
    let command = DealLinesCommand(id: 3, lines: ["Стол=2@9900.50-5%", "6=0.5"])
    #expect(await Console.run(command, in: context) == .success)
    let call = server.calls.first { $0.method == "deal.set_lines" }
    #expect(
      call?.params == [
        "id": 3,
        "lines": [
          [
            "discount": 5, "price": ["amount": "9900.50", "currency": "RUB"], "quantity": 2,
            "product": 5,
          ], ["quantity": 0.5, "product": 6],
        ],
      ])
    #expect(console.output.contains("Стол"))
    for wrong in ["Стол", "Стол=", "Стол=x", "Стол=1@", "Стол=1-x%"] {
      #expect(
        await Console.run(DealLinesCommand(id: 3, lines: [wrong]), in: context) == .usage,
        "\(wrong)")
    }
  }

  @Test func `Invoices are listed with what is overdue, and paid in parts`() async {
    let console = TestConsole()
    let server = Self.server()
    let context = console.context(server: server.address, terminal: .present)
    var filter = InvoiceFilter()
    filter.deal = 3
    filter.overdue = true
    #expect(await Console.run(InvoiceCommand(.list(filter)), in: context) == .success)
    #expect(server.calls.last?.params == ["limit": 50, "deal": 3, "overdue": true])
    #expect(console.output.contains("overdue") && console.output.contains("А-1"))
    let pay = InvoiceCommand(.pay(7, amount: "50", at: nil))
    #expect(await Console.run(pay, in: context) == .success)
    #expect(
      server.calls.last?.params == ["id": 7, "amount": ["amount": "50", "currency": "RUB"]])
  }
}
