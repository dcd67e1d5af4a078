import JSON
import Testing

@testable import Console

@Suite struct ExportTests {
  private static let server = FakeServer { method, params in
    switch method {
    case "auth.token": return [:]
    case "export.begin":
      return [
        "id": "ticket", "what": params["what"] ?? .null, "count": 3,
        "columns": ["id", "title", "amount", "currency", "fields.tags", "fields.budget"],
      ]
    case "export.read":
      guard params["after"]?.string == nil else {
        return [
          "columns": [], "items": [[3, "@x", .null, .null, .null, .null]], "next": .null,
        ]
      }
      return [
        "columns": [],
        "items": [
          [1, "=1+1, \"q\"", "5.00", "RUB", ["a", "b"], ["amount": "7.00", "currency": "USD"]],
          [2, "'=x", "6.00", "RUB", .null, ["amount": "8.00", "currency": "RUB"]],
        ], "next": "more",
      ]
    default: return ["items": [], "next": .null]
    }
  }

  private func run(
    _ format: OutputFormat?, path: String? = nil, exact: Bool = false
  ) async throws -> TestConsole {
    let console = TestConsole()
    var filter = ExportCommand.Filter()
    filter.outcome = "won"
    try await ExportCommand(what: "deals", filter: filter, path: path).run(
      in: console.context(server: Self.server.address) {
        $0.output = format
        $0.exactCSV = exact
      })
    return console
  }

  @Test func `CSV has a heading, one row each, and no cell that a spreadsheet would run`()
    async throws
  {
    let console = try await run(.csv)
    #expect(
      console.output == """
        id,title,amount,currency,fields.tags,fields.budget\r
        1,"'=1+1, ""q""\",5.00,RUB,a;b,7.00 USD\r
        2,''=x,6.00,RUB,,8.00\r
        3,'@x,,,,\r

        """)
    #expect(try await run(.csv, exact: true).output.contains("\r\n3,@x,"))
  }

  @Test func `JSON is one object a line, as the values are`() async throws {
    let lines = try await run(.json).output.split(separator: "\n").map {
      try JSONReader().read(String($0))
    }
    #expect(lines.count == 3)
    #expect(lines.map { $0["title"] } == ["=1+1, \"q\"", "'=x", "@x"])
    #expect(lines[0]["fields"]?["budget"] == ["amount": "7.00", "currency": "USD"])
    #expect(lines[2]["fields"] == [:] && lines[2]["amount"] == .null)
  }

  @Test func `A file is whole or not there, and none is written over`() async throws {
    let folder = try TemporaryFolder(["there.csv": "x"])
    let console = try await run(nil, path: folder.file("new.csv"))
    #expect(try folder.text("new.csv").split(separator: "\r\n").count == 4)
    #expect(console.output.isEmpty && console.errors.contains("3 rows"))
    await #expect(throws: ConsoleFailure.self) {
      try await run(nil, path: folder.file("there.csv"))
    }
    #expect(try folder.text("there.csv") == "x")
    let console2 = TestConsole()
    let broken = FakeServer { method, _ in
      guard method == "export.begin" else { throw FakeServer.Silence() }
      return ["id": "t", "columns": ["id"], "count": 1]
    }
    await #expect(throws: ConsoleFailure.self) {
      try await ExportCommand(what: "deals", filter: .init(), path: folder.file("half.csv")).run(
        in: console2.context(server: broken.address))
    }
    #expect((try? folder.text("half.csv")) == nil)
  }

  @Test func `What is guarded reads back as it was, whatever it was`() {
    let parts = ["'", "=", "+", "-", "@", "\t", "\r", "\n", "1", "a", " ", "(", "\u{FF1D}"]
    var texts = [""]
    for _ in 0..<4 { texts += texts.flatMap { text in parts.map { text + $0 } } }
    for text in Set(texts) {
      let guarded = FormulaGuard.guarded(text)
      #expect(FormulaGuard.unguarded(guarded) == text, "\(text.debugDescription)")
    }
    #expect(FormulaGuard.guarded("=1") == "'=1")
    #expect(FormulaGuard.guarded("+7 916 123-45-67") == "+7 916 123-45-67")
    #expect(FormulaGuard.unguarded("'tis") == "'tis")
  }

  @Test func `An export's headings are understood by the import, custom fields too`() throws {
    let folder = try TemporaryFolder([
      "deals.csv": """
      id,pipeline,stage,outcome,title,amount,currency,company_id,company,responsible_id,responsible,\
      contact_id,contact,phone,email,source,repeat,reason,comment,based_on,created_at,\
      stage_entered_at,touched_at,closed_at,fields.note
      7,Sales,Новая,open,'=x,5.00,RUB,1,A,2,Анна,3,Пётр,+7 916 123-45-67,p@c.example,site,false,,,,\
      2026-01-01T10:00:00Z,2026-01-01T10:00:00Z,2026-01-01T10:00:00Z,,'+n

      """
    ])
    let mapping = try MappingProposal(
      folder: SourceFile.all(in: folder.path), source: "x", pipelineName: "Sales"
    ).mapping
    let file = try #require(mapping.files.first { $0.kind == .deal })
    for (member, column) in [
      ("external_id", "id"), ("title", "title"), ("stage", "stage"), ("amount", "amount"),
      ("company", "company"), ("responsible", "responsible"), ("contact", "contact"),
      ("contact_phone", "phone"), ("contact_email", "email"), ("source", "source"),
      ("reason", "reason"), ("comment", "comment"), ("created_at", "created_at"),
      ("closed_at", "closed_at"),
    ] {
      #expect(file.members[member]?.source == .column(column), "\(member)")
    }
    #expect(file.fields["note"]?.source == .column("fields.note"))
    let maker = try RowMaker(file, header: SourceFile.all(in: folder.path)[0].header)
    var reader = try SourceFile.all(in: folder.path)[0].rows()
    var references = References()
    let record = try #require(try reader.next())
    let row = try #require(try maker.rows(record, references: &references).first)
    #expect(row["title"] == "=x" && row["fields"] == ["note": "+n"])
  }
}
