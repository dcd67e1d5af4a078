internal import Demo
internal import JSON
internal import Postgres
internal import SalesRules
internal import VoronkaClient

/// Makes the companies of a benchmark, once an installation.
struct Filler {
  /// Everybody's password.
  static let password = "benchmark-password"
  static let sellers: Int64 = 10
  private static let teams: Int64 = 3
  private static let clients = Int64(BenchmarkCompany.clientCompanyCount)
  private static let seed: UInt64 = 1

  let options: BenchmarkOptions
  let now: Timestamp
  let say: @Sendable (String) -> Void

  /// A company of the benchmark, from 1.
  func company(_ number: Int) throws -> BenchmarkCompany {
    guard let today = now.utcDate else { throw BenchmarkError("the clock tells no day") }
    return BenchmarkCompany(number: number, deals: options.deals, seed: Self.seed, today: today)
  }

  /// Through the wire, with the import.
  func fillOverTheWire(_ connection: ServerConnection) async throws {
    try await BenchmarkBuilder(connection, passwords: .given(Self.password), say: say).build(
      tenants: options.tenants, deals: options.deals, seed: Self.seed, now: now)
  }

  /// The companies over the wire, all that is in them by statements.
  func fillByStatements(
    _ connection: ServerConnection, _ database: DedicatedConnection
  ) async throws {
    try await makeCompanies(connection)
    _ = try await database.execute(design + (options.hasFields ? fields : []))
    for number in 1...Int64(options.tenants) {
      let tenant = Parameter.integer(number)
      _ = try await database.execute(
        [
          FillStatements.withoutChecks(),
          FillStatements.deals(
            tenant, .integer(options.deals), .string(now.description), .integer(Self.clients),
            .integer(Self.sellers)),
          FillStatements.stays(tenant), FillStatements.histories(tenant),
        ]
          + (options.hasFields
            ? [FieldFillStatements.values(tenant, .bytes(CompanyFields.values.bytes))] : []))
      if number.isMultiple(of: 10) { say("filled \(number) of \(options.tenants) companies") }
    }
    if options.hasFields {
      _ = try await database.execute([FillStatements.withoutChecks()] + leads)
    }
    _ = try await database.execute([FillStatements.identities()])
  }

  /// The companies with their owners alone.
  func makeCompanies(
    _ connection: ServerConnection, timezone: String = "Europe/Berlin"
  ) async throws {
    let limits = JSONObject(PlanLimit.allCases.map { ($0.rawValue, JSON.null) })
    _ = try await connection.call(
      "plan.create",
      [
        "code": .string(BenchmarkBuilder.plan), "name": "Benchmark", "limits": .object(limits),
      ])
    for number in 1...options.tenants {
      let company = try company(number)
      _ = try await connection.call(
        "tenant.create",
        [
          "slug": .string(company.slug), "name": .string(company.name),
          "plan": .string(BenchmarkBuilder.plan), "locale": "en", "currency": "EUR",
          "timezone": .string(timezone),
          "admin": [
            "email": .string(company.adminEmail), "name": "Admin",
            "password": .string(Self.password),
          ],
        ])
    }
  }

  /// People, teams, pipelines and rights.
  private var design: [BoundStatement] { design(clients: Self.clients) }

  /// The same with so many client companies made beside; 0 for none.
  func design(clients: Int64) -> [BoundStatement] {
    let template = BenchmarkCompany.template.localized(.en)
    let stages = template.stages
    let texts = { (values: [String?]) in Parameter.string(Self.array(values)) }
    return [
      FillStatements.withoutChecks(), FillStatements.sellers(.integer(Self.sellers)),
      FillStatements.companies(.integer(clients)),
      FillStatements.teams(.integer(Self.teams)),
      FillStatements.teamMembers(.integer(Self.teams)),
      FillStatements.pipelines(
        .integer(BenchmarkCompany.pipelineCount), .text(template.rules.noBack.rawValue),
        .text(template.rules.noSkip.rawValue), .text(template.rules.crossOnlyByWin.rawValue)),
      FillStatements.stages(
        texts(stages.map(\.name)), texts(stages.map(\.kind.rawValue)),
        texts(stages.map(\.style.rawValue)), texts(stages.map { $0.isKey ? "t" : "f" }),
        texts(stages.map { Self.array($0.required.map(\.description)) }),
        texts(stages.map { $0.dwellLimit?.description })),
      FillStatements.grants(),
    ]
  }

  /// What the section `fields` adds.
  private var fields: [BoundStatement] {
    [
      FieldFillStatements.fields(.strings(CompanyFields.keys), .strings(CompanyFields.keyTypes)),
      FieldFillStatements.requirements(
        .strings(CompanyFields.keys.prefix(CompanyFields.requiredCount))),
      FieldFillStatements.leadGrants(),
    ]
  }

  /// Open leads.
  var leads: [BoundStatement] {
    [
      FieldFillStatements.leads(
        .integer(options.deals), .bytes(CompanyFields.values.bytes), .string(now.description),
        .integer(options.leads)),
      FieldFillStatements.leadStays(), FieldFillStatements.leadHistories(),
    ]
  }

  /// An array's text.
  private static func array(_ values: [String?]) -> String {
    let texts = values.map { value -> String in
      guard let value else { return "NULL" }
      let escaped = value.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
      return "\"\(String(escaped))\""
    }
    return "{" + texts.joined(separator: ",") + "}"
  }
}
