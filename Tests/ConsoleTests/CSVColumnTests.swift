import JSON
import Testing

@testable import Console

/// The columns of `--output csv`.
@Suite struct CSVColumnTests {
  private static let money: JSON = [
    "type": "object", "properties": ["amount": ["type": "string"], "currency": ["type": "string"]],
  ]
  private static let deal: JSON = [
    "type": "object",
    "properties": [
      "id": ["type": "integer"],
      "amount": ["oneOf": [["$ref": "#/components/schemas/Money"], ["type": "null"]]],
      "fields": ["type": "object"], "tags": ["type": "array", "items": ["type": "string"]],
      "closed_at": ["type": ["string", "null"]],
    ],
  ]
  private static let document: JSON = [
    "methods": [
      [
        "name": "deal.list", "params": [],
        "result": [
          "schema": [
            "type": "object",
            "properties": [
              "items": ["type": "array", "items": ["$ref": "#/components/schemas/Deal"]],
              "next": ["type": "string"],
            ],
          ]
        ],
      ]
    ],
    "components": ["schemas": ["Money": money, "Deal": deal]],
  ]

  private func csv(_ items: [JSON]) async -> [String] {
    let server = FakeServer { method, _ in
      method == "rpc.discover" ? Self.document : ["items": .array(items), "next": nil]
    }
    let console = TestConsole()
    let context = console.context(server: server.address) { $0.output = .csv }
    let call = CallCommand(method: "deal.list", arguments: [])
    #expect(await Console.run(call, in: context) == .success)
    return console.output.replacing("\r\n", with: "\n").split(separator: "\n").map(String.init)
  }

  private static let heading = "id,amount.amount,amount.currency,fields,tags,closed_at"

  @Test func `They are those of the server's description, whatever the rows hold`() async {
    #expect(await csv([]) == [Self.heading])
    #expect(await csv([["id": 1, "amount": nil]]) == [Self.heading, "1,,,,,"])
    let full: JSON = [
      "closed_at": "x", "tags": ["a"], "amount": ["currency": "RUB", "amount": "5"], "id": 2,
    ]
    #expect(await csv([full]) == [Self.heading, "2,5,RUB,,\"[\"\"a\"\"]\",x"])
    #expect(await csv([["id": 1], full]).first == Self.heading)
  }

  @Test func `Custom fields stand in the place of fields, what nobody described comes last`() async
  {
    let lines = await csv([
      ["id": 1, "fields": ["size": 5], "new": true], ["id": 2, "fields": ["colour": "red"]],
    ])
    #expect(
      lines == [
        "id,amount.amount,amount.currency,fields.size,fields.colour,tags,closed_at,new",
        "1,,,5,,,,true", "2,,,,red,,,",
      ])
  }

  @Test func `Without a description all rows decide, in the order of first appearance`() {
    let rows = FlatRows([
      ["id": 1, "amount": nil, "name": "a"], ["id": 2, "amount": ["sum": 5], "more": []],
    ]).rows
    #expect(
      rows == [["id", "amount.sum", "name", "more"], ["1", "", "a", ""], ["2", "5", "", "[]"]])
    #expect(FlatRows(["id": 1]).rows == [["id"], ["1"]])
    #expect(FlatRows([5, "a"]).rows == [["value"], ["5"], ["a"]])
    #expect(FlatRows([["x": 5], ["x": ["y": 6]]]).rows == [["x", "x.y"], ["5", ""], ["", "6"]])
  }
}
