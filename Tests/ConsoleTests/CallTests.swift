import JSON
import Testing

@testable import Console

@Suite struct CallTests {
  private static let description: JSON = [
    "openrpc": "1.3.2",
    "methods": [
      [
        "name": "deal.create", "summary": "Creates a deal.",
        "params": [
          ["name": "title", "required": true, "schema": ["type": "string", "maxLength": 200]],
          ["name": "pipeline", "schema": ["type": "integer"]],
          ["name": "comment", "schema": ["type": ["string", "null"]]],
          ["name": "outcome", "schema": ["enum": ["open", "won"]]],
          ["name": "amount", "schema": ["$ref": "#/components/schemas/Money"]],
        ],
        "result": ["name": "deal", "schema": ["$ref": "#/components/schemas/Card"]],
        "errors": [["code": 1004, "message": "No such thing.", "data": ["kind": "not_found"]]],
        "examples": [
          [
            "params": [["name": "title", "value": "Кухня"]], "result": ["value": ["id": 5]],
          ]
        ],
      ]
    ],
    "components": [
      "schemas": [
        "Money": [
          "type": "object", "required": ["amount"],
          "properties": ["amount": ["type": "string"], "currency": ["type": "string"]],
        ],
        "Card": ["type": "object", "properties": ["id": ["type": "integer"]]],
      ]
    ],
  ]

  private static func server() -> FakeServer {
    FakeServer { method, params in
      switch method {
      case "rpc.discover": return description
      case "deal.get":
        throw FakeServer.Refusal(code: 1004, kind: "not_found", message: "There is no such card.")
      default: return params
      }
    }
  }

  @Test func `A value is JSON unless the method wants a string there`() async {
    let console = TestConsole()
    let server = Self.server()
    let command = CallCommand(
      method: "deal.create",
      arguments: [
        "title=2024", "pipeline=2", "comment=null", "outcome=open", "unknown=[1]", "free=a b",
        #"amount={"amount":"1.50"}"#,
      ])
    #expect(await Console.run(command, in: console.context(server: server.address)) == .success)
    #expect(
      server.calls.last?.params == [
        "title": "2024", "pipeline": 2, "comment": nil, "outcome": "open", "unknown": [1],
        "free": "a b", "amount": ["amount": "1.50"],
      ])
  }

  @Test func `Params may be one JSON object, also from standard input`() async {
    let console = TestConsole(answers: [#"{"a": 1}"#])
    let server = Self.server()
    let context = console.context(server: server.address)
    #expect(
      await Console.run(CallCommand(method: "x.y", arguments: ["-"]), in: context) == .success)
    let typed = CallCommand(method: "x.y", arguments: [#" {"b": "2"}"#])
    #expect(await Console.run(typed, in: context) == .success)
    #expect(server.methods == ["x.y", "x.y"])
    #expect(console.output == "{\"a\":1}\n{\"b\":\"2\"}\n")
  }

  @Test(arguments: [
    ["{\"a\":"], ["[1]"], ["noequals"], ["=x"], ["a=1", "a=2"], ["pipeline=two"],
  ])
  func `Arguments that can't be read are wrong usage`(arguments: [String]) async {
    let console = TestConsole()
    let server = Self.server()
    let command = CallCommand(method: "deal.create", arguments: arguments)
    #expect(await Console.run(command, in: console.context(server: server.address)) == .usage)
    #expect(!server.methods.contains("deal.create"))
  }

  @Test func `The server's error is JSON on standard error, and the status 1`() async throws {
    for terminal in [Terminal.absent, .present] {
      let console = TestConsole()
      let server = Self.server()
      let context = console.context(server: server.address, terminal: terminal)
      let status = await Console.run(
        CallCommand(method: "deal.get", arguments: ["id=5"]), in: context)
      #expect(status == .serverError && status.rawValue == 1)
      #expect(console.output.isEmpty)
      let error = try JSONReader().read(console.errors)
      #expect(error["code"] == 1004 && error["data"]?["kind"] == "not_found")
    }
  }

  @Test func `A server that can't be reached is status 3`() async {
    let console = TestConsole()
    let status = await Console.run(
      CallCommand(method: "system.ping", arguments: []),
      in: console.context(server: "127.0.0.1:1"))
    #expect(status == .unreachable && status.rawValue == 3)
    #expect(console.errors.contains("127.0.0.1:1"))
  }

  @Test func `What answers but does not speak the protocol is status 3`() async {
    let console = TestConsole()
    let server = FakeServer { _, _ in throw CSVError(file: "", line: 0, problem: "SSH-2.0") }
    let status = await Console.run(
      CallCommand(method: "system.ping", arguments: []),
      in: console.context(server: server.address))
    #expect(status == .unreachable)
  }

  @Test func `A token is presented first, and a bad one stops only what needs it`() async {
    let server = FakeServer { method, _ in
      guard method != "auth.token" else {
        throw FakeServer.Refusal(code: 1001, kind: "unauthenticated", message: "Log in again.")
      }
      return ["ok": true]
    }
    let console = TestConsole()
    let context = console.context(server: server.address) { $0.token = "vus_old" }
    let ping = CallCommand(method: "system.ping", arguments: [])
    #expect(await Console.run(ping, in: context) == .success)
    let list = CallCommand(method: "deal.list", arguments: [])
    #expect(await Console.run(list, in: context) == .serverError)
    #expect(server.methods == ["auth.token", "system.ping", "auth.token"])
  }

  @Test func `Results come as table, JSON or CSV, in every case harmless`() async {
    let server = FakeServer { _, _ in
      [
        "items": [
          [
            "id": 1, "title": "=1+1\u{1B}[2J", "amount": ["amount": "1200.50", "currency": "RUB"],
            "tags": ["a", "b"], "closed_at": nil,
          ]
        ], "next": nil,
      ]
    }
    let call = CallCommand(method: "deal.list", arguments: [])
    let table = TestConsole()
    _ = await Console.run(call, in: table.context(server: server.address) { $0.output = .table })
    let lines = [
      "ID  TITLE           AMOUNT  TAGS  CLOSED AT",
      " 1  =1+1␛[2J  1\u{A0}200.50\u{A0}RUB  a, b",
    ]
    #expect(table.output == lines.map { $0 + "\n" }.joined())
    let json = TestConsole()
    _ = await Console.run(call, in: json.context(server: server.address))
    #expect(json.output.contains(#""title":"=1+1\u001b[2J""#))
    let csv = TestConsole()
    _ = await Console.run(call, in: csv.context(server: server.address) { $0.output = .csv })
    #expect(csv.output.hasPrefix("id,title,amount.amount,amount.currency,tags,closed_at\r\n"))
    #expect(csv.output.contains("1,'=1+1\u{1B}[2J,1200.50,RUB,\"[\"\"a\"\",\"\"b\"\"]\",\r\n"))
    let shown = TestConsole()
    let context = shown.context(server: server.address, terminal: .present) { $0.output = .csv }
    _ = await Console.run(call, in: context)
    #expect(!shown.output.contains("\u{1B}"))
  }

  @Test func `Help on a method tells params, result, errors and an example`() async {
    let console = TestConsole()
    let server = Self.server()
    let context = console.context(server: server.address)
    #expect(await Console.run(MethodHelpCommand(method: "deal.create"), in: context) == .success)
    for part in [
      "Creates a deal.", "title*", "string or null", "one of open, won", "amount*", "integer",
      "1004 not_found", "voronka call deal.create '{\"title\":\"Кухня\"}'", "{\"id\":5}",
    ] {
      #expect(console.output.contains(part), "\(part)")
    }
    #expect(await Console.run(MethodHelpCommand(method: "deal.nil"), in: context) == .usage)
    #expect(console.errors.contains("deal.create"))
  }
}
