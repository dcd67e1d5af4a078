import JSON
import TestSupport
import Testing
import VoronkaClient

@testable import Console

/// Tables for people tell moments by the company's time zone, by one rule; what scripts read stays as it came.
@Suite(.timeLimit(.minutes(3))) struct LocalTimeTests {
  private static let moment: JSON = "2026-06-01T21:30:00.000000Z"

  private static func server() -> FakeServer {
    FakeServer { method, _ in
      switch method {
      case "settings.get": return ["timezone": "Europe/Moscow"]
      case "event.subscribe": return ["sequence": 1]
      case "audit.verify":
        return ["ok": true, "findings": [["kind": "gap", "from": moment, "to": moment]]]
      case "auth.token", "auth.whoami": return ["principal": ["kind": "user"]]
      case "invoice.get": return ["id": 3, "number": "A-3", "due_at": "2026-06-01", "paid": moment]
      default:
        return [
          "items": [
            [
              "id": 1, "at": moment, "due_at": "2026-06-01", "started_at": moment,
              "expires_at": moment, "method": "deal.move", "card": ["id": 7, "title": "Oak"],
            ]
          ], "next": .null,
        ]
      }
    }
  }

  static let commands: [(name: String, command: any ConsoleCommand)] = [
    ("audit list", AuditListCommand(.init())), ("audit verify", AuditVerifyCommand()),
    ("invoice show", InvoiceCommand(.show(3))), ("support list", SupportCommand(.list)),
    ("token list", TokenCommand(.list)),
    ("call", CallCommand(method: "audit.list", arguments: [])),
  ]

  @Test(arguments: commands.indices)
  func `A table tells the day and the time of the place, JSON what the server sent`(
    index: Int
  ) async {
    let (name, command) = Self.commands[index]
    let server = Self.server()
    let console = TestConsole()
    let context = console.context(server: server.address) { $0.output = .table }
    #expect(await Console.run(command, in: context) == .success, "\(name)")
    let told = console.output.replacing("\u{A0}", with: " ")
    #expect(told.contains("2026-06-02 00:30"), "\(name): \(told)")
    #expect(!told.contains("21:30"), "\(name): \(told)")
    let scripted = TestConsole()
    let exact = scripted.context(server: server.address) { $0.output = .json }
    let asked = server.methods.count { $0 == "settings.get" }
    #expect(await Console.run(command, in: exact) == .success, "\(name)")
    #expect(scripted.output.contains("2026-06-01T21:30:00.000000Z"), "\(name)")
    #expect(server.methods.count { $0 == "settings.get" } == asked, "\(name)")
  }

  @Test func `Where there is no moment the company is not asked for its zone`() async {
    let server = FakeServer { _, _ in ["items": [["id": 1, "name": "Dear"]], "next": .null] }
    let console = TestConsole()
    let context = console.context(server: server.address)
    let command = ReasonCommand(.list(kind: nil, lossKind: nil, withInactive: false))
    #expect(await Console.run(command, in: context) == .success)
    #expect(server.methods == ["reason.list"])
  }

  @Test func `Search, watch, audit and invoices of a company in Moscow tell Moscow's time`()
    async throws
  {
    let shop = try await Shop.make()
    _ = try await shop.owner.call(
      "field.create", ["for": "deal", "key": "visit", "name": "Visit", "type": "datetime"])
    _ = try await shop.owner.call(
      "deal.update",
      ["id": .integer(shop.deal), "amount": ["amount": "10", "currency": "RUB"]])
    let invoice = try await shop.run(
      InvoiceCommand(.create(deal: shop.deal, due: "2026-12-31", amount: nil, number: "A-1")))
    #expect(!invoice.output.contains("Z"), "\(invoice.output)")
    let paid = try await shop.run(
      InvoiceCommand(.pay(1, amount: nil, at: "2026-06-02 00:30")))
    #expect(paid.output.contains("2026-06-02 00:30"), "\(paid.output)")
    let exact = try await shop.run(InvoiceCommand(.show(1)), output: .json)
    #expect(exact.output.contains("2026-06-01T21:30:00"), "\(exact.output)")
    var watched = WatchCommand.Selection()
    (watched.after, watched.count) = (0, 1)
    let zoned = /[0-9]{2}:[0-9]{2}Z/
    let watch = try await shop.run(WatchCommand(watched))
    #expect(!watch.output.contains(zoned) && !watch.output.isEmpty, "\(watch.output)")
    // Filters take what is shown.
    var filter = AuditListCommand.Filter()
    filter.from = "2026-01-01 00:00"
    let audit = try await shop.run(AuditListCommand(filter))
    #expect(!audit.output.contains(zoned) && audit.output.contains("deal.create"))
    filter.to = filter.from
    filter.from = nil
    #expect(try await shop.run(AuditListCommand(filter)).output.contains("Nothing was changed."))
  }
}
