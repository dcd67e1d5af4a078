internal import JSON
internal import JSONRPC
internal import Postgres
internal import TestSupport
internal import Testing

/// Rows that come again: nothing of what they say is dropped without a word.
@Suite("Import of rows that come again")
struct ImportRepeatsTests {
  private func tally(_ answer: JSON) -> [Int64?] {
    [
      answer["accepted"]?.int64, answer["unchanged"]?.int64,
      (answer["rejected"]?.array?.count).map(Int64.init),
    ]
  }

  private func told(_ answer: JSON, _ what: String = "rejected", _ index: Int = 0) -> String {
    answer[what]?[index]?["reason"]?.string ?? ""
  }

  /// A row of each kind with a value that may differ, and what changes such an object.
  private static let kinds: [(kind: String, value: String, method: String)] = [
    ("company", "name", "company.update"), ("product", "name", "product.update"),
    ("person", "name", "user.update"), ("deal", "title", "deal.update"),
  ]

  private func row(_ value: String, _ text: String, id: String = "1") -> JSON {
    .object(JSONObject([("external_id", .string(id)), (value, .string(text))]))
  }

  @Test(
    "A second row of an external id with other values is rejected with the line of the first",
    arguments: kinds, [false, true])
  func twiceOtherwise(kind: (kind: String, value: String, method: String), dryRun: Bool)
    async throws
  {
    let imported = try await ImportedCompany.make(dryRun: dryRun)
    let answer = try await imported.send(
      kind.kind, [row(kind.value, "One"), row(kind.value, "Two")])
    #expect(tally(answer) == [1, 0, 1])
    #expect(answer["rejected"]?[0]?["line"] == 3)
    #expect(told(answer).contains("\"1\" stands twice in this import, first in line 2"))
    #expect(told(answer).contains("other values"))
    // In another call too, where the first row is known from the database.
    let later = try await imported.send(
      kind.kind, [row(kind.value, "Nine", id: "9"), row(kind.value, "Three")])
    #expect(tally(later) == [1, 0, 1])
    #expect(later["rejected"]?[0]?["line"] == 3)
    #expect(told(later).contains("first in line 2"))
  }

  @Test("A row that stands twice with the same values is told of, wherever the second one comes")
  func twiceTheSame() async throws {
    let imported = try await ImportedCompany.make()
    let row: JSON = ["external_id": "1", "title": "One", "amount": "10"]
    let answer = try await imported.send("deal", [row, row])
    #expect(tally(answer) == [1, 0, 1])
    #expect(told(answer).contains("first in line 2, there with the same values"))
    let later = try await imported.send(
      "deal", [["external_id": "1", "title": "One", "amount": "10", "line": 99]])
    #expect(tally(later) == [0, 0, 1])
    #expect(told(later).contains("first in line 2, there with the same values"))
    #expect(try await imported.number("select count(*) from voronka.card") == 1)
  }

  @Test("After a row that was rejected the next one of its external id is taken as the first")
  func afterRejection() async throws {
    let imported = try await ImportedCompany.make()
    let answer = try await imported.send(
      "deal",
      [
        ["external_id": "1", "title": "Bad", "stage": "Z"], ["external_id": "1", "title": "Good"],
        ["external_id": "1", "title": "Late"],
      ])
    #expect(tally(answer) == [1, 0, 2])
    #expect(told(answer, "rejected", 1).contains("first in line 3"))
    #expect(try await imported.cards().keys.sorted() == ["Good"])
    // The call sent again changes nothing, and what it brought is unchanged.
    let again = try await imported.send(
      "deal",
      [
        ["external_id": "1", "title": "Bad", "stage": "Z"], ["external_id": "1", "title": "Good"],
        ["external_id": "1", "title": "Late"],
      ])
    #expect(tally(again) == [0, 1, 2])
  }

  @Test(
    "A call sent again for want of an answer rejects nothing that it brought itself",
    arguments: [false, true])
  func sentAgain(dryRun: Bool) async throws {
    let imported = try await ImportedCompany.make(dryRun: dryRun)
    for (kind, value, _) in Self.kinds {
      let rows = (1...20).map { row(value, "N\($0)", id: "\($0)") }
      #expect(tally(try await imported.send(kind, rows)) == [20, 0, 0], "\(kind)")
      #expect(tally(try await imported.send(kind, rows)) == [0, 20, 0], "\(kind)")
    }
  }

  @Test(
    "In a later import what is as it was is unchanged; other values are rejected with what to do",
    arguments: kinds, [false, true])
  func laterImport(kind: (kind: String, value: String, method: String), dryRun: Bool) async throws {
    let first = try await ImportedCompany.make()
    try await first.send(kind.kind, [row(kind.value, "One"), row(kind.value, "Two", id: "2")])
    try await first.company.owner.call("import.finish", ["id": .integer(first.id)])
    let again = try await ImportedCompany.begin(first.company, dryRun: dryRun)
    let answer = try await again.send(
      kind.kind,
      [row(kind.value, "Zero", id: "0"), row(kind.value, "Two", id: "2"), row(kind.value, "Uno")])
    #expect(tally(answer) == [1, 1, 1])
    #expect(answer["rejected"]?[0]?["line"] == 4)
    #expect(told(answer).contains("the \(kind.kind) \"1\" is there already with"))
    #expect(told(answer).contains("from import \(first.id): change it with \(kind.method)"))
  }

  @Test("The order of members, numbers as texts and empty members make no other values")
  func sameValues() async throws {
    let first = try await ImportedCompany.make()
    try await first.send(
      "deal",
      [
        [
          "external_id": "1", "title": "One", "amount": 1054,
          "contact": ["name": "A", "email": ""],
          "fields": [:], "company": nil,
        ]
      ])
    let again = try await ImportedCompany.begin(first.company)
    let same = try await again.send(
      "deal",
      [["line": 77, "contact": ["name": "A"], "amount": "1054", "title": "One", "external_id": 1]])
    #expect(tally(same) == [0, 1, 0])
    for other: JSON in [
      ["external_id": "1", "title": "One", "amount": "1054"],
      ["external_id": "1", "title": "One", "amount": "1055", "contact": ["name": "A"]],
      [
        "external_id": "1", "title": "One", "amount": "1054", "contact": ["name": "A"],
        "reason": "x",
      ],
      ["external_id": "1", "title": "One1054", "contact": ["name": "A"]],
    ] {
      #expect(tally(try await again.send("deal", [other])) == [0, 0, 1], "\(other)")
    }
  }

  @Test("A row that only wants its object to be there is unchanged wherever the object is known")
  func ifAbsent() async throws {
    let imported = try await ImportedCompany.make()
    let mention: JSON = ["external_id": "c", "name": "Other", "if_absent": true]
    try await imported.send("company", [["external_id": "c", "name": "C", "fields": ["x": "1"]]])
    #expect(tally(try await imported.send("company", [mention])) == [0, 1, 0])
    let again = try await ImportedCompany.begin(imported.company)
    #expect(tally(try await again.send("company", [mention, mention])) == [0, 2, 0])
    let new: JSON = ["external_id": "d", "name": "D", "if_absent": true]
    #expect(tally(try await again.send("company", [new, new])) == [1, 1, 0])
    // What is told of it later is not dropped.
    let later = try await ImportedCompany.begin(imported.company)
    let full: JSON = ["external_id": "d", "name": "D", "fields": ["x": "1"]]
    #expect(tally(try await later.send("company", [full])) == [0, 0, 1])
    let wrong: JSON = ["external_id": "e", "name": "E", "if_absent": "yes"]
    #expect(told(try await later.send("company", [wrong])).contains("if_absent has to be"))
  }

  // MARK: - People

  @Test("A person's rows may differ in teams; another name or e-mail address is rejected")
  func people() async throws {
    let imported = try await ImportedCompany.make()
    let answer = try await imported.send(
      "person",
      [
        ["external_id": "a", "name": "Ann", "email": "ann@m.example", "team": ["East"]],
        ["external_id": "a", "name": "Ann", "team": ["West"], "lead": true],
        ["external_id": "a", "name": "Ann", "email": "ANN@m.example", "team": ["West"]],
        ["external_id": "a", "name": "Anna", "team": ["North"]],
        ["external_id": "a", "name": "Ann", "email": "other@m.example"],
      ])
    #expect(tally(answer) == [2, 1, 2])
    #expect(answer["rejected"]?.array?.map { $0["line"] } == [5, 6])
    #expect(told(answer).contains("first in line 2"))
    let again = try await ImportedCompany.begin(imported.company)
    let later = try await again.send(
      "person",
      [
        ["external_id": "a", "name": "Ann", "team": ["South"]],
        ["external_id": "a", "name": "Ann", "email": "other@m.example", "team": ["Far"]],
      ])
    #expect(tally(later) == [1, 0, 1])
    #expect(told(later).contains("with another name or e-mail address"))
    #expect(try await imported.number("select count(*) from voronka.team") == 3)
  }

  @Test("A lead known by name alone gets the e-mail address that a later row of the call tells")
  func laterAddress() async throws {
    let imported = try await ImportedCompany.make()
    let lead: JSON = ["external_id": "m", "name": "Max", "team": ["East"], "lead": true]
    let full: JSON = ["external_id": "m", "name": "Max", "email": "max@m.example"]
    #expect(tally(try await imported.send("person", [lead, full])) == [2, 0, 0])
    #expect(
      try await imported.number(
        "select count(*) from voronka.user_account where email = 'max@m.example'") == 1)
    let again = try await ImportedCompany.begin(imported.company)
    #expect(tally(try await again.send("person", [lead, full])) == [0, 2, 0])
    // Once the person is there, an address that was not told before is not dropped either.
    try await again.send("person", [["external_id": "n", "name": "Nil"]])
    let address: JSON = ["external_id": "n", "name": "Nil", "email": "nil@m.example", "line": 3]
    #expect(tally(try await again.send("person", [address])) == [0, 0, 1])
  }

  // MARK: - What is found again by other than an external id

  @Test(
    "What a row says otherwise than the contact, user or product that it is found to be is told",
    arguments: [false, true])
  func warnings(dryRun: Bool) async throws {
    let first = try await ImportedCompany.make()
    try await first.send("product", [["external_id": "p", "name": "Кухня", "price": "100"]])
    try await first.send(
      "deal",
      [
        [
          "external_id": "1", "title": "1",
          "contact": ["name": "Пётр", "phone": "8 916 123-45-67", "email": "p@client.example"],
        ]
      ])
    let imported = try await ImportedCompany.begin(first.company, source: "other", dryRun: dryRun)
    let products = try await imported.send(
      "product",
      [
        ["external_id": "q", "name": "КУХНЯ", "price": "90"],
        ["external_id": "r", "name": "Кухня", "price": "100.00"],
        ["external_id": "s", "name": "Кухня"],
      ])
    #expect(tally(products) == [3, 0, 0])
    #expect(products["warnings"]?.array?.map { $0["line"] } == [2])
    #expect(told(products, "warnings").contains("keeps its price 100.00, not 90.00"))

    let people = try await imported.send(
      "person",
      [
        ["external_id": "o", "name": "Somebody", "email": "OWNER@mebel.example"],
        ["external_id": "n", "name": "New", "email": "new@mebel.example"],
      ])
    #expect(tally(people) == [2, 0, 0])
    #expect(people["warnings"]?.array?.map { $0["line"] } == [2])
    #expect(told(people, "warnings").contains("user.update"))

    let deals = try await imported.send(
      "deal",
      [
        ["external_id": "1", "title": "a", "contact": ["phone": "+7 916 123-45-67"]],
        [
          "external_id": "2", "title": "b",
          "contact": ["name": "П.", "phone": "+7 916 123-45-67", "email": "q@client.example"],
        ],
        [
          "external_id": "3", "title": "c",
          "contact": ["name": "Анна", "email": "a@client.example"],
        ],
        [
          "external_id": "4", "title": "d",
          "contact": ["name": "Анна", "email": "a@client.example"],
        ],
        [
          "external_id": "5", "title": "e",
          "contact": ["name": "Аня", "email": "a@client.example", "phone": "+7 916 000-00-00"],
        ],
      ])
    #expect(tally(deals) == [5, 0, 0])
    #expect(deals["warnings"]?.array?.map { $0["line"] } == [3, 6])
    #expect(
      told(deals, "warnings").contains(
        "the name stays \"Пётр\", not \"П.\", the e-mail address stays \"p@client.example\", "
          + "not \"q@client.example\""))
    #expect(told(deals, "warnings", 1).contains("the name stays \"Анна\", not \"Аня\""))
    #expect(!told(deals, "warnings", 1).contains("phone"))
  }

  @Test("A row that is rejected makes no warning and adds nothing to its contact")
  func noWarning() async throws {
    let imported = try await ImportedCompany.make()
    let answer = try await imported.send(
      "deal",
      [
        ["external_id": "1", "title": "1", "contact": ["name": "A", "phone": "+7 916 123-45-67"]],
        [
          "external_id": "2", "title": "2", "stage": "Z",
          "contact": ["name": "B", "phone": "+7 916 123-45-67", "email": "b@client.example"],
        ],
      ])
    #expect(tally(answer) == [1, 0, 1])
    #expect(answer["warnings"] == [])
    #expect(
      try await imported.number("select count(*) from voronka.contact where email is not null") == 0
    )
  }
}
