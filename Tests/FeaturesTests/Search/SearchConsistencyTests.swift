internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules
internal import TestSupport
internal import Testing

@testable internal import Features

@Suite("The words of what there is")
struct SearchConsistencyTests {
  @Test(
    "After any operations the words are those that the texts give",
    arguments: [1, 2, 3] as [UInt64])
  func operations(_ seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let company = try await TestInstallation.make().company()
    let owner = company.owner
    let pipeline = try await company.pipeline(
      "Услуги", stages: [["name": "A"], ["name": "B"], ["name": "C"]])
    for kind in ["lead", "deal"] {
      try await owner.call(
        "field.create",
        [
          "for": .string(kind), "key": "place", "name": "Place", "type": "text",
          "searchable": true, "filterable": true,
        ])
    }
    let seller = try await company.member(
      "seller",
      .init(
        pipeline: pipeline.id,
        actions: ["view", "create", "edit", "move", "close", "assign", "delete"]))
    let reason = try await owner.call("reason.create", ["kind": "loss", "name": "Дорого"])
    for _ in 0..<120 {
      let client = Bool.random(using: &random) ? owner : seller.client
      try await Self.step(client, company, pipeline, reason, using: &random)
    }
    #expect(try await company.wordFaults() == [])
    let counts = try await company.write(SearchTestStatements.words(.integer(company.id)))
    #expect(counts.count > 100)
    // All words again from nothing are the same words.
    try await company.write(Self.forget(.integer(company.id)))
    #expect(try await company.wordFaults() != [])
    try await company.indexAll()
    #expect(try await company.wordFaults() == [])
    #expect(
      try await company.write(SearchTestStatements.backlog(.integer(company.id)))[0].integer(0) == 0
    )
  }

  private static let texts = [
    "Кухня", "шкаф Ёлка", "8 916 123-45-67", "Zoe@client.example", "Тверская 7-12", "стол стол",
    "№ 5",
  ]

  private static func step(
    _ client: TestClient, _ company: TestCompany, _ pipeline: JSON, _ reason: JSON,
    using random: inout SeededRandom
  ) async throws {
    let text = JSON.string(
      texts[Int.random(in: 0..<texts.count, using: &random)] + " "
        + texts[Int.random(in: 0..<texts.count, using: &random)])
    let any = { (list: String, random: inout SeededRandom) async throws -> JSON in
      let items = try await client.call(list, ["limit": 500]).items
      return items.isEmpty
        ? .null : .integer(items[Int.random(in: 0..<items.count, using: &random)].id)
    }
    let phone = JSON.string("+7 916 000-00-\(Int.random(in: 10...40, using: &random))")
    let email = JSON.string("c\(Int.random(in: 0...30, using: &random))@client.example")
    let call: (String, JSONObject)
    switch Int.random(in: 0..<17, using: &random) {
    case 0...2:
      call = (
        "deal.create",
        [
          "pipeline": .integer(pipeline.id), "title": text, "fields": ["place": text],
          "contact": ["name": text, "phone": phone, "email": email],
        ]
      )
    case 3: call = ("lead.create", ["title": text, "contact": ["name": text, "phone": phone]])
    case 4: call = ("company.create", ["name": text])
    case 5: call = ("contact.create", ["name": text, "email": email])
    case 6:
      call = (
        "deal.update",
        ["id": try await any("deal.list", &random), "title": text, "fields": ["place": text]]
      )
    case 7:
      call = (
        "deal.move",
        [
          "id": try await any("deal.list", &random), "stage": .integer(pipeline.stage("B")),
          "fields": ["place": text],
        ]
      )
    case 8:
      call = (
        "deal.lose",
        [
          "id": try await any("deal.list", &random), "reason": .integer(reason.id), "comment": text,
          "fields": ["place": .null],
        ]
      )
    case 9:
      call = (
        "contact.update",
        ["id": try await any("contact.list", &random), "name": text, "phone": .null]
      )
    case 10:
      call = ("contact.update", ["id": try await any("contact.list", &random), "phone": phone])
    case 11:
      call = ("company.update", ["id": try await any("company.list", &random), "name": text])
    case 12: call = ("deal.delete", ["id": try await any("deal.list", &random)])
    case 13: call = ("contact.delete", ["id": try await any("contact.list", &random)])
    case 15:
      call = (
        "deal.copy",
        [
          "id": try await any("deal.list", &random), "pipeline": .integer(pipeline.id),
          "title": text, "fields": ["place": text],
        ]
      )
    case 14: call = ("company.delete", ["id": try await any("company.list", &random)])
    default:
      call = (
        "lead.convert",
        ["id": try await any("lead.list", &random), "pipeline": .integer(pipeline.id)]
      )
    }
    // Much of it is refused, and changes nothing then.
    _ = try await client.refusal(call.0, call.1)
  }

  private static let forget = Statement(
    """
    with cards as (
      delete from voronka.card_word
      where tenant_id = $1::bigint
    ),
    contacts as (
      delete from voronka.contact_word
      where tenant_id = $1::bigint
    ),
    companies as (
      delete from voronka.company_word
      where tenant_id = $1::bigint
    ),
    emptied as (
      update voronka.card
      set words = '{}'
      where tenant_id = $1::bigint
    ),
    emptied_contacts as (
      update voronka.contact
      set words = '{}'
      where tenant_id = $1::bigint
    )
    update voronka.company
    set words = '{}'
    where tenant_id = $1::bigint
    """)

  @Test("What an import brings, adds to contacts and takes back has the right words throughout")
  func imports() async throws {
    let scene = try await ImportedCompany.make()
    let owner = scene.company.owner
    for searchable in [true, false] {
      try await owner.call(
        "field.create",
        [
          "for": "deal", "key": searchable ? "place" : "other", "name": "F", "type": "text",
          "searchable": .bool(searchable),
        ])
    }
    let known = try await owner.call(
      "contact.create", ["name": "Пётр", "phone": "+7 916 000-00-01"])
    try await scene.send("company", [["external_id": "c1", "name": "ООО Ромашка"]])
    let answer = try await scene.send(
      "deal",
      [
        [
          "external_id": "d1", "title": "Кухня", "company": "c1",
          "contact": ["name": "Пётр", "phone": "8 916 000-00-01", "email": "petr@client.example"],
          "fields": ["place": "Тверская", "other": "Арбат"],
        ],
        [
          "external_id": "d2", "title": "Шкаф",
          "contact": ["name": "Анна", "phone": "+7 916 000-00-02"],
        ],
      ])
    #expect(answer["accepted"] == 2)
    #expect(try await scene.company.wordFaults() == [])
    let deals = try await scene.cards()
    for query in ["кухня", "petr@client.example", "ромашка", "тверская", "9160000001"] {
      #expect(try await owner.found(query) == [deals["Кухня"]?.id], "\(query)")
    }
    #expect(try await owner.found("анна") == [deals["Шкаф"]?.id])
    #expect(try await owner.found("арбат") == [])
    try await owner.call("import.finish", ["id": .integer(scene.id)])
    try await owner.call("import.undo", ["id": .integer(scene.id)])
    #expect(try await scene.company.wordFaults() == [])
    #expect(try await owner.call("contact.list").ids == [known.id])
    let left = try await scene.company.write(SearchTestStatements.words(.integer(scene.company.id)))
    #expect(Set(try left.map { try $0.string(0) }) == ["contact"])
  }

  @Test("A company out of a file is found in as soon as it is indexed, and its words go with it")
  func transfer() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги")
    let deal = try await company.owner.call(
      "deal.create",
      ["pipeline": .integer(pipeline.id), "title": "Кухня", "contact": ["name": "Пётр"]])
    var lines: [String] = []
    var page: JSONObject = ["tenant": .string(company.slug)]
    while true {
      let answer = try await company.operatorClient.call("tenant.export", page)
      lines += (answer["lines"]?.array ?? []).compactMap(\.string)
      guard let next = answer["next"], !next.isNull else { break }
      page["after"] = next
    }
    #expect(!lines.contains { $0.contains("_word") || $0.contains("\"words\"") })
    let target = company.operatorClient
    let begun = try await target.call(
      "tenant.import", ["begin": ["header": .string(lines[0]), "slug": "copy"]])
    let id = begun["import"] ?? .null
    try await target.call(
      "tenant.import",
      [
        "rows": [
          "import": id, "line": 2,
          "lines": .array(lines.dropFirst().dropLast().map { .string($0) }),
        ]
      ])
    try await target.call(
      "tenant.import",
      [
        "finish": [
          "import": id, "trailer": .string(lines[lines.count - 1]),
          "password": .string(TestCompany.password),
        ]
      ])
    let owner = try await company.installation.login("copy", "owner@\(company.slug).example")
    #expect(try await owner.found("кухня") == [])
    try await company.installation.dispatcher.indexBacklog()
    #expect(try await owner.found("кухня петр") == [deal.id])
    #expect(try await company.owner.found("кухня петр") == [deal.id])
  }
}
