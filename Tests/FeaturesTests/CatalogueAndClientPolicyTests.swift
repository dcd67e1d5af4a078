internal import JSON
internal import Postgres
internal import TestSupport
internal import Testing

@testable internal import Features

/// The second lock: what the policies hold even if a method forgot to ask.
@Suite("Policies of catalogues and clients")
struct CatalogueAndClientPolicyTests {
  /// Writes as a member who sees every card of the pipeline and may do `act` with them.
  private func write(
    _ statement: BoundStatement, as user: Int64, of company: TestCompany, pipeline: JSON,
    act: [Int64]
  ) async throws -> PostgresError? {
    let version = try await company.write(CompanyRows.version(.integer(company.id)))[0].integer(0)
    let held = { (stages: [Int64]) in
      RightsBits(
        .init(Dictionary(uniqueKeysWithValues: stages.map { ($0, .everybody) })), sets: 2,
        lastPerson: 100)
    }
    let (seen, acting) = (held((pipeline["stages"]?.array ?? []).map(\.id)), held(act))
    let context = ContextStatements.memberWrite(
      .integer(company.id), .integer(version), .integer(user), .integers([pipeline.id]), 2,
      seen.places, seen.people, "{}", "{}", acting.places, acting.people, "{}",
      .bool(false))
    do {
      _ = try await company.installation.pools.writes.transaction([context, statement])
      return nil
    } catch {
      return error
    }
  }

  @Test("A contact that a member only sees is not changed; one whose card may be edited is")
  func contacts() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"]])
    let member = try await company.member("b", .init(pipeline: pipeline.id, actions: ["view"]))
    let contact = try await company.owner.call("contact.create", ["name": "A"]).id
    try await company.card(in: pipeline.stage("A"), contact: contact)
    let none = Parameter.strings([String]())
    let update = ContactStatements.update(
      .integer(company.id), .integer(contact), "B", nil, nil, nil, nil, nil, 1, none, none, none,
      none, none)
    let delete = ContactStatements.delete(.integer(company.id), .integer(contact), 1)
    for statement in [update, delete] {
      let error = try await write(
        statement, as: member.id, of: company, pipeline: pipeline, act: [])
      #expect(error?.sqlState == SQLState(rawValue: "VR002"))
    }
    #expect(
      try await write(
        update, as: member.id, of: company, pipeline: pipeline,
        act: [pipeline.stage("A")]) == nil)
  }

  @Test(
    "Reasons, statuses, fields and products are not written with a member's rights, whatever they are"
  )
  func catalogues() async throws {
    let company = try await TestInstallation.make().company()
    let pipeline = try await company.pipeline("Услуги", stages: [["name": "A"]])
    let member = try await company.member("b", .init(pipeline: pipeline.id, actions: ["view"]))
    let tenant = Parameter.integer(company.id)
    let statements = [
      ReasonStatements.insert(tenant, "{900}", "{loss}", "{R}", "{refused}", "{null}"),
      ActivityTypeStatements.insert(tenant, 900, "T", "call"),
      ContactStatusStatements.insert(tenant, "{900}", "{S}", "{other}"),
      FieldStatements.insert(
        tenant, 900, "deal", "f", "F", "text", "{}", 1, false, nil, nil, nil, false),
      ProductStatements.insert(tenant, 900, "P", nil),
    ]
    let all = (pipeline["stages"]?.array ?? []).map(\.id)
    for statement in statements {
      let error = try await write(
        statement, as: member.id, of: company, pipeline: pipeline, act: all)
      #expect(error?.sqlState == .insufficientPrivilege)
      _ = try await company.installation.pools.writes.transaction([
        ContextStatements.server(tenant), statement,
      ])
    }
  }
}
