import JSON
import Synchronization
import Testing

@testable import Console

@Suite struct ImportTests {
  /// Small files of our own with the headings that real exports have.
  private static func folder(_ more: [String: String] = [:]) throws -> TemporaryFolder {
    var files = [
      "accounts.csv": """
      account,sector,employees
      Ромашка,retail,12
      Blue Door,,7

      """,
      "products.csv": "product,series,sales_price\nTab Pro,T,4821\nTab,T,55\n",
      "sales_teams.csv": """
      sales_agent,manager,regional_office
      Ann Lee,Max Roe,North
      Bob Ray,Max Roe,North
      Cid Poe,Zoe Fox,South

      """,
      "sales_pipeline.csv": """
      opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value
      D1,Ann Lee,TabPro,Ромашка,Won,2016-10-20,2017-03-01,1054
      D2,Bob Ray,Tab,Blue Door,Lost,2016-10-25,2017-03-11,0
      D3,Cid Poe,Tab Pro,,Engaging,2016-11-02,,
      D4,Ann Lee,Tab,,Prospecting,,,
      D5,Ann Lee,Tab,,Won,2016-02-30,2017-03-01,1
      D6,Ann Lee,Tab
      D7,Bob Ray,Nothing,Ромашка,Engaging,2016-11-02,,

      """,
    ]
    files.merge(more) { $1 }
    return try TemporaryFolder(files)
  }

  private static func server(
    rejecting: @escaping @Sendable (JSON) -> String? = { _ in nil }
  ) -> FakeServer {
    FakeServer { method, params in
      switch method {
      case "pipeline.list": return ["items": [], "next": nil]
      case "auth.whoami": return ["principal": ["kind": "user", "user": ["name": "Анна"]]]
      case "import.begin": return ["id": 9, "pipeline": 2]
      case "import.rows":
        let rows = params["rows"]?.array ?? []
        let rejected = rows.compactMap { row in
          rejecting(row).map { ["line": row["line"] ?? 0, "reason": .string($0)] as JSON }
        }
        return [
          "accepted": .integer(rows.count - rejected.count), "unchanged": 0,
          "rejected": .array(rejected),
        ]
      default: return ["id": 9]
      }
    }
  }

  private func rows(_ server: FakeServer, _ kind: String) -> [JSON] {
    server.calls.filter { $0.method == "import.rows" && $0.params["kind"]?.string == kind }
      .flatMap { $0.params["rows"]?.array ?? [] }
  }

  private func proposal(_ folder: TemporaryFolder) throws -> MappingProposal {
    try MappingProposal(
      folder: SourceFile.all(in: folder.path), source: "crm", pipelineName: "Sales")
  }

  @Test func `Headings like a real export's are understood without help`() throws {
    let proposal = try proposal(Self.folder())
    let mapping = proposal.mapping
    #expect(mapping.kinds == [.company, .product, .person, .deal])
    #expect(
      mapping.pipeline
        == .named(
          "Sales",
          stages: [
            MappedStage("Prospecting"), MappedStage("Engaging"), MappedStage("Won", kind: "won"),
            MappedStage("Lost", kind: "lost"),
          ]))
    let deals = try #require(mapping.files.first { $0.kind == .deal })
    #expect(deals.members["external_id"]?.source == .column("opportunity_id"))
    #expect(deals.members["created_at"]?.format == .iso)
    #expect(deals.stages["Won"] == StageRule(stage: "Won", outcome: "won", openedIn: "Engaging"))
    #expect(deals.stages["Prospecting"] == StageRule(stage: "Prospecting", outcome: "open"))
    let people = try #require(mapping.files.first { $0.kind == .person })
    #expect(people.members["team"]?.source == .columns(["regional_office", "manager"]))
    #expect(people.lead == "manager")
    #expect(
      proposal.notes == [
        "products.csv: columns not imported: series",
        "sales_pipeline.csv: column engage_date: 1 texts are no days",
      ])
  }

  @Test func `A proposal is a mapping file that reads back as itself`() throws {
    let mapping = try proposal(Self.folder()).mapping
    #expect(try ImportMapping(JSONReader().read(PrettyJSON.text(mapping.json))) == mapping)
  }

  @Test func `Russian headings, semicolons and points in days are understood too`() throws {
    let folder = try TemporaryFolder([
      "сделки.csv":
        "Номер сделки;Компания;Ответственный;Этап;Сумма;Дата создания;Статус контакта\n1;Ромашка;Анна;Успешно;1 200,50;31.01.2024;Думает\n2;;Анна;Переговоры;;01.02.2024;\n"
    ])
    let mapping = try proposal(folder).mapping
    let file = try #require(mapping.files.first { $0.kind == .deal })
    #expect(file.delimiter == ";")
    #expect(file.members["created_at"]?.format == .russian)
    #expect(file.members["last_contact"]?.source == .column("Статус контакта"))
    #expect(
      mapping.pipeline
        == .named(
          "Sales", stages: [MappedStage("Переговоры"), MappedStage("Успешно", kind: "won")]))
    #expect(
      file.stages["Успешно"] == StageRule(stage: "Успешно", outcome: "won", openedIn: "Переговоры"))
  }

  @Test func `A file of stage events is told from one of deals`() throws {
    let folder = try Self.folder([
      "events.csv": "deal,stage,at,by\nD1,Engaging,2016-10-20,Ann Lee\n"
    ])
    let events = try #require(try proposal(folder).mapping.files.first { $0.kind == .stageEvent })
    #expect(Set(events.members.keys) == ["deal", "stage", "at", "by"])
  }

  @Test func `A folder is imported in one command, and what was guessed or refused is said`()
    async throws
  {
    let folder = try Self.folder()
    let console = TestConsole()
    let server = Self.server { row in
      row["external_id"] == "D7" ? "there is no product \"Nothing\"" : nil
    }
    var settings = ImportCommand.Settings()
    settings.source = "crm"
    settings.rejected = folder.file("rejected.csv")
    let context = console.context(server: server.address) { $0.assumesYes = true }
    let command = ImportCommand(folder: folder.path, settings: settings)
    #expect(await Console.run(command, in: context) == .serverError)

    #expect(server.calls.first { $0.method == "import.begin" }?.params["skip_gate"] == false)
    #expect(console.errors.contains("Rows that break the rules of selling are not taken"))
    #expect(
      rows(server, "company").first == [
        "external_id": "Ромашка", "name": "Ромашка",
        "fields": ["employees": "12", "sector": "retail"], "line": 2,
      ])
    #expect(rows(server, "product").first?["price"] == "4821")
    let people = rows(server, "person")
    #expect(
      people.first == [
        "external_id": "Ann Lee", "name": "Ann Lee", "team": ["North", "Max Roe"], "line": 2,
      ])
    let leads = people.filter { $0["lead"] == true }
    #expect(leads.compactMap { $0["external_id"]?.string } == ["Max Roe", "Zoe Fox"])
    let deals = rows(server, "deal")
    #expect(
      deals.first == [
        "external_id": "D1", "title": "Tab Pro, Ромашка", "stage": "Won", "opened_in": "Engaging",
        "amount": "1054", "company": "Ромашка", "responsible": "Ann Lee", "product": "Tab Pro",
        "created_at": "2016-10-20", "closed_at": "2017-03-01", "line": 2,
      ])
    #expect(deals.first { $0["external_id"] == "D3" }?["title"] == "Tab Pro")
    #expect(deals.first { $0["external_id"] == "D4" }?["created_at"] == nil)

    #expect(console.output.contains("\"TabPro\" was taken for \"Tab Pro\" in 1 rows"))
    let rejected = try folder.text("rejected.csv")
    let lines = [
      "file,line,reason,row",
      #"sales_pipeline.csv,6,"""2016-02-30"" is no day written YYYY-MM-DD","#
        + #""D5,Ann Lee,Tab,,Won,2016-02-30,2017-03-01,1""#,
      #"sales_pipeline.csv,7,"it has 3 cells, the heading has 8","D6,Ann Lee,Tab""#,
      #"sales_pipeline.csv,8,"there is no product ""Nothing""","#
        + #""D7,Bob Ray,Nothing,Ромашка,Engaging,2016-11-02,,""#,
    ]
    #expect(rejected == lines.map { $0 + "\r\n" }.joined())
    #expect(console.errors.contains("3 rows were not taken"))
  }

  @Test func `Stage events go with their deals, ended by what the deal itself tells`() async throws
  {
    let folder = try Self.folder([
      "events.csv": """
      deal,stage,at,by
      D1,Prospecting,2016-10-20 09:00,Ann Lee
      D1,Engaging,2016-11-01 10:00,Ann Lee
      D99,Engaging,2016-11-01 10:00,Ann Lee

      """
    ])
    let console = TestConsole()
    let server = Self.server()
    var settings = ImportCommand.Settings()
    settings.rejected = folder.file("rejected.csv")
    let context = console.context(server: server.address) { $0.assumesYes = true }
    _ = await Console.run(ImportCommand(folder: folder.path, settings: settings), in: context)
    #expect(
      rows(server, "deal").first?["events"] == [
        ["stage": "Prospecting", "at": "2016-10-20T09:00:00Z", "by": "Ann Lee"],
        ["stage": "Engaging", "at": "2016-11-01T10:00:00Z", "by": "Ann Lee"],
        ["stage": "Won", "at": "2017-03-01"],
      ])
    #expect(rows(server, "stage_event").isEmpty)
    let rejected = try folder.text("rejected.csv")
    #expect(rejected.contains("events.csv,4,its deal is not in these files,"))
  }

  @Test func `A pipeline of that name is used again, with its own names for won and lost`()
    async throws
  {
    let folder = try Self.folder()
    let console = TestConsole()
    let server = FakeServer { method, params in
      switch method {
      case "pipeline.list":
        let stages: JSON = [
          ["name": "Prospecting", "kind": "open"], ["name": "Engaging", "kind": "open"],
          ["name": "Bought", "kind": "won"], ["name": "Gone", "kind": "lost"],
        ]
        return [
          "items": [["id": 4, "kind": "deal", "name": "sales", "stages": stages]], "next": nil,
        ]
      case "import.begin": return ["id": 1, "pipeline": 4]
      default: return ["rejected": []]
      }
    }
    var settings = ImportCommand.Settings()
    settings.rejected = folder.file("rejected.csv")
    settings.isDryRun = true
    settings.skipsGate = true
    let command = ImportCommand(folder: folder.path, settings: settings)
    _ = await Console.run(command, in: console.context(server: server.address))
    let begin = server.calls.first { $0.method == "import.begin" }?.params
    #expect(begin?["pipeline"] == 4 && begin?["dry_run"] == true && begin?["skip_gate"] == true)
    #expect(rows(server, "deal").first?["stage"] == "Bought")
    #expect(console.output.contains("Dry run"))
  }

  @Test func `Without a terminal and --yes nothing is imported`() async throws {
    let folder = try Self.folder()
    let console = TestConsole()
    let server = Self.server()
    let command = ImportCommand(folder: folder.path, settings: .init())
    #expect(await Console.run(command, in: console.context(server: server.address)) == .usage)
    #expect(!server.methods.contains("import.begin"))
    #expect(console.errors.contains("--yes") && console.errors.contains("Won: won, stage Won"))
  }

  @Test func `A file that is no CSV stops the import before anything is sent`() async throws {
    let folder = try Self.folder(["broken.csv": "deal,stage,at\nD1,\"Engaging,2016-10-20\n"])
    let console = TestConsole()
    let server = Self.server()
    let context = console.context(server: server.address) { $0.assumesYes = true }
    let command = ImportCommand(folder: folder.path, settings: .init())
    #expect(await Console.run(command, in: context) == .usage)
    #expect(server.calls.isEmpty)
    #expect(console.errors.contains("broken.csv, line 2"))
  }

  @Test func `What a lone file of deals refers to is made from its columns, each thing once`()
    async throws
  {
    let folder = try TemporaryFolder([
      "deals.csv": """
      deal_id,company,owner,product,stage,amount
      1,Ромашка,Анна,Кухня,New,10
      2,Blue Door,Анна,,New,20
      3,Ромашка,,Кухня,New,30
      4,,,,New,
      5,Lost row

      """
    ])
    let proposal = try proposal(folder)
    #expect(proposal.mapping.kinds == [.company, .product, .person, .deal])
    #expect(
      proposal.notes.contains(
        "deals.csv: no file tells of its companies, so they are made from column company"))
    #expect(
      try ImportMapping(JSONReader().read(PrettyJSON.text(proposal.mapping.json)))
        == proposal.mapping)

    let console = TestConsole()
    let server = Self.server()
    var settings = ImportCommand.Settings()
    settings.rejected = folder.file("rejected.csv")
    let context = console.context(server: server.address) { $0.assumesYes = true }
    _ = await Console.run(ImportCommand(folder: folder.path, settings: settings), in: context)
    #expect(
      rows(server, "company") == [
        ["external_id": "Ромашка", "name": "Ромашка", "line": 2, "if_absent": true],
        ["external_id": "Blue Door", "name": "Blue Door", "line": 3, "if_absent": true],
      ])
    #expect(rows(server, "person").map { $0["name"] } == ["Анна"])
    #expect(rows(server, "product").map { $0["external_id"] } == ["Кухня"])
    #expect(
      rows(server, "deal").map { $0["company"] } == ["Ромашка", "Blue Door", "Ромашка", nil])
    #expect(rows(server, "deal").last?["title"] == "4")
    #expect(console.errors.contains("deals.csv: 2 mentioned companies"))
    // The row that can't be read is told of once.
    #expect(console.errors.contains("1 rows were not taken"))
  }

  @Test func `Beside a file of companies none are made from the deals`() throws {
    let folder = try Self.folder()
    #expect(try proposal(folder).mapping.files.allSatisfy { !$0.isMentioned })
  }

  @Test func `What of taken rows is not as they say is told with file and line`() async throws {
    let folder = try Self.folder()
    let console = TestConsole()
    let server = FakeServer { method, params in
      switch method {
      case "pipeline.list": return ["items": [], "next": nil]
      case "import.rows" where params["kind"] == "product":
        return [
          "accepted": 2, "unchanged": 0, "rejected": [],
          "warnings": [["line": 3, "reason": "it keeps its price"]],
        ]
      default: return ["id": 9, "rejected": []]
      }
    }
    var settings = ImportCommand.Settings()
    settings.rejected = folder.file("rejected.csv")
    let context = console.context(server: server.address) { $0.assumesYes = true }
    _ = await Console.run(ImportCommand(folder: folder.path, settings: settings), in: context)
    #expect(console.output.contains("products.csv, line 3: it keeps its price."))
  }

  @Test func `The second row of a deal goes with the deal's events too`() async throws {
    let folder = try Self.folder([
      "sales_pipeline.csv": """
      opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value
      D1,Ann Lee,Tab,,Engaging,2016-10-20,,
      D1,Ann Lee,Tab,,Engaging,2016-10-20,,

      """,
      "events.csv": "deal,stage,at,by\nD1,Engaging,2016-10-20,Ann Lee\n",
    ])
    let console = TestConsole()
    let server = Self.server()
    let context = console.context(server: server.address) { $0.assumesYes = true }
    let command = ImportCommand(folder: folder.path, settings: .init())
    #expect(await Console.run(command, in: context) == .success)
    let deals = rows(server, "deal")
    #expect(deals.count == 2 && deals[0]["events"] == deals[1]["events"])
    #expect(deals[0]["events"]?.array?.count == 1)
  }

  @Test func `A call has at most a thousand rows and stays below a MiB`() async throws {
    let long = String(repeating: "я", count: 1000)
    let rows = (1...2500).map { "C\($0),\($0 > 1500 ? long : "short")" }
    let folder = try TemporaryFolder([
      "companies.csv": (["company,notes"] + rows).joined(separator: "\n")
    ])
    let console = TestConsole()
    let server = Self.server()
    let context = console.context(server: server.address, terminal: .present) {
      $0.assumesYes = true
    }
    let command = ImportCommand(folder: folder.path, settings: .init())
    #expect(await Console.run(command, in: context) == .success)
    let calls = server.calls.filter { $0.method == "import.rows" }.map(\.params)
    #expect(calls.allSatisfy { ($0["rows"]?.array?.count ?? 0) <= 1000 })
    #expect(calls.allSatisfy { $0.description.utf8.count < 1 << 20 })
    #expect(self.rows(server, "company").count == 2500)
    #expect(console.errors.contains("100%"))
  }

  @Test func `A reference is replaced only where one thing fits, and each time is counted`() {
    var references = References()
    for name in ["GTX Pro", "MG-Special", "mg special"] { references.add(name, .product) }
    #expect(references.resolve("GTXPro", .product) == "GTX Pro")
    #expect(references.resolve("gtx pro", .product) == "GTX Pro")
    #expect(references.resolve("GTX Pro", .product) == "GTX Pro")
    #expect(references.resolve("MGSpecial", .product) == "MGSpecial")
    #expect(references.resolve("anything", .company) == "anything")
    #expect(references.substitutions.values.sorted() == [1, 1])
  }

  @Test(arguments: [
    #"{"source":"x","files":[{"file":"a.csv","kind":"deal","members":{"external_id":"id"}}]}"#,
    #"{"source":"x","files":[{"file":"a.csv","kind":"house","members":{}}]}"#,
    #"{"source":"x","files":[{"file":"a.csv","kind":"company","members":{"external_id":"i","name":"n","nmae":"x"}}]}"#,
    #"{"source":"x","files":[],"fils":[]}"#,
    #"{"source":"x","files":[{"file":"a.csv","kind":"company","members":{"external_id":{"format":"YY"},"name":"n"}}]}"#,
    #"{"source":"x","files":[{"file":"a.csv","kind":"company","mentioned":"yes","members":{"external_id":"i","name":"n"}}]}"#,
    #"{"source":"x","pipeline":1,"files":[{"file":"a.csv","kind":"deal","mentioned":true,"members":{"external_id":"i","title":"n"}}]}"#,
    #"{"files":[]}"#, "[]",
  ])
  func `A mapping that says something unknown or too little is refused`(text: String) throws {
    let json = try JSONReader().read(text)
    #expect(throws: ConsoleFailure.self) { try ImportMapping(json) }
  }
}
