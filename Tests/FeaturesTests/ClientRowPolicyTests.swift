internal import JSON
internal import TestSupport
internal import Testing

@testable internal import Features
@testable internal import Postgres

/// The second lock on by what clients are known again and found.
@Suite("Policies of clients' rows")
struct ClientRowPolicyTests {
  /// A table of rows of clients, or of the words of cards.
  private enum Table: String, CaseIterable {
    case contactPoint = "contact_point"
    case companyPoint = "company_point"
    case contactWord = "contact_word"
    case companyWord = "company_word"
    case cardWord = "card_word"

    var columns: (value: String, owner: String) {
      switch self {
      case .contactPoint: ("value", "contact_id")
      case .companyPoint: ("value", "company_id")
      case .contactWord: ("word", "contact_id")
      case .companyWord: ("word", "company_id")
      case .cardWord: ("word", "card_id")
      }
    }
  }

  /// A client with a card in a pipeline that the member sees, and another elsewhere.
  private struct Scene {
    struct Client {
      let contact: Int64
      let company: Int64
      let card: Int64

      func owner(in table: Table) -> Int64 {
        switch table {
        case .contactPoint, .contactWord: contact
        case .companyPoint, .companyWord: company
        case .cardWord: card
        }
      }
    }

    let company: TestCompany
    let member: Int64
    let pipeline: JSON
    let seen: Client
    let hidden: Client

    static func make() async throws -> Scene {
      let company = try await TestInstallation.make().company()
      let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"]])
      let other = try await company.pipeline("Аренда", stages: [["name": "A"]])
      let member = try await company.member("b", .init(pipeline: pipeline.id, actions: ["view"]))
      // So that a client has not the number of its card.
      for noun in ["contact", "company"] {
        try await company.owner.call("\(noun).create", ["name": "Nobody's"])
      }
      var clients: [Client] = []
      for (number, place) in [pipeline, other].enumerated() {
        let firm = try await company.owner.call(
          "company.create", ["name": .string("Firm \(number)")]
        ).id
        let contact = try await company.owner.call(
          "contact.create",
          ["name": .string("Client \(number)"), "email": .string("c\(number)@client.example")]
        ).id
        let card = try await company.owner.call(
          "deal.create",
          [
            "pipeline": .integer(place.id), "title": "Deal", "contact": .integer(contact),
            "company": .integer(firm),
          ]
        ).id
        clients.append(Client(contact: contact, company: firm, card: card))
      }
      return Scene(
        company: company, member: member.id, pipeline: pipeline, seen: clients[0],
        hidden: clients[1])
    }

    /// Runs a statement as the member, who writes these cards and enters these clients.
    func run(_ sql: String, writing cards: [Int64] = [], entering client: Client? = nil)
      async throws -> Rows
    {
      let version = try await company.write(CompanyRows.version(.integer(company.id)))[0].integer(0)
      let stages = (pipeline["stages"]?.array ?? []).map(\.id)
      let bits = RightsBits(
        .init(Dictionary(uniqueKeysWithValues: stages.map { ($0, .everybody) })), sets: 2,
        lastPerson: 100)
      var statements = [
        ContextStatements.memberWrite(
          .integer(company.id), .integer(version), .integer(member), .integers([pipeline.id]), 2,
          bits.places, bits.people, "{}", "{}", bits.places, bits.people, .integers(cards),
          .bool(false))
      ]
      if let client {
        statements.append(
          ContextStatements.entering(.integers([client.contact]), .integers([client.company])))
      }
      statements.append(
        BoundStatement(definition: .registered(sql), parameters: ParameterBuffer([])))
      let results = try await company.installation.pools.writes.transaction(statements)
      return try #require(results.last)
    }
  }

  private func insert(_ table: Table, of client: Scene.Client) -> String {
    let (value, owner) = table.columns
    return "insert into \(table.rawValue) (tenant_id, \(value), \(owner)) "
      + "select nullif(current_setting('voronka.tenant_id', true), '')::bigint, 'foreign', "
      + "\(client.owner(in: table))"
  }

  @Test(
    "A member adds no rows to a client whom they do not see, unless this transaction enters it",
    arguments: [Table.contactPoint, .companyPoint, .contactWord, .companyWord])
  private func adding(_ table: Table) async throws {
    let scene = try await Scene.make()
    let error = await #expect(throws: PostgresError.self) {
      _ = try await scene.run(insert(table, of: scene.hidden))
    }
    #expect(error?.sqlState == .insufficientPrivilege)
    // Being written as a card is not being entered as a client.
    let asCard = await #expect(throws: PostgresError.self) {
      _ = try await scene.run(
        insert(table, of: scene.hidden), writing: [scene.hidden.owner(in: table)])
    }
    #expect(asCard?.sqlState == .insufficientPrivilege)
    _ = try await scene.run(insert(table, of: scene.seen))
    _ = try await scene.run(insert(table, of: scene.hidden), entering: scene.hidden)
  }

  @Test("Words are added to the cards alone that the transaction writes")
  func cards() async throws {
    let scene = try await Scene.make()
    for client in [scene.hidden, scene.seen] {
      let error = await #expect(throws: PostgresError.self) {
        _ = try await scene.run(insert(.cardWord, of: client), entering: client)
      }
      #expect(error?.sqlState == .insufficientPrivilege)
    }
    _ = try await scene.run(insert(.cardWord, of: scene.seen), writing: [scene.seen.card])
  }

  @Test(
    "Of a client or card whom a member does not see no row is changed or taken away",
    arguments: Table.allCases)
  private func removing(_ table: Table) async throws {
    let scene = try await Scene.make()
    let owner = table.columns.owner
    for (client, isSeen) in [(scene.hidden, false), (scene.seen, true)] {
      let removal =
        "with removed as (delete from \(table.rawValue) where \(owner) = "
        + "\(client.owner(in: table)) returning 1) select count(*) from removed"
      let cards = isSeen ? [client.card] : []
      let count = try await scene.run(removal, writing: cards)[0].integer(0)
      #expect(isSeen ? count > 0 : count == 0)
      let error = await #expect(throws: PostgresError.self) {
        _ = try await scene.run(
          "update \(table.rawValue) set \(owner) = \(owner)", writing: cards)
      }
      #expect(error?.sqlState == .insufficientPrivilege)
    }
  }

  @Test("Members enter clients, alone and with a request, and they are found")
  func entering() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"]])
    let member = try await company.member(
      "b", .init(pipeline: pipeline.id, actions: ["create"]))
    let contact = try await member.client.call(
      "contact.create", ["name": "Пётр", "phone": "+7 916 123-45-67"]
    ).id
    let firm = try await member.client.call("company.create", ["name": "Ромашка"]).id
    _ = try await member.client.call(
      "deal.create",
      [
        "pipeline": .integer(pipeline.id), "title": "Кухня",
        "contact": ["name": "Анна", "email": "anna@client.example"],
      ])
    let owner = company.owner
    let byPhone = try await owner.call("contact.list", ["phone": "+79161234567"])
    #expect(byPhone["items"]?.array?.map(\.id) == [contact])
    #expect(
      try await owner.call("company.list", ["name": "Рома"])["items"]?.array?.map(\.id) == [firm])
    #expect(
      try await owner.call("contact.list", ["email": "anna@client.example"])["items"]?.array?
        .compactMap { $0["name"]?.string } == ["Анна"])
  }
}
