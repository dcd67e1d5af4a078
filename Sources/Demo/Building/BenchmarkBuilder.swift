internal import JSON
public import SalesRules
public import VoronkaClient

/// Fills an installation with companies to measure with, several side by side.
///
/// Run again, it finishes what was interrupted: rows carry external ids.
public struct BenchmarkBuilder: Sendable {
  /// The code of the plan that the companies are on.
  public static let plan = "benchmark"

  private let installation: Installation
  private let passwords: DemoPasswords
  private let options: ConnectionOptions
  private let say: @Sendable (String) -> Void

  /// A builder over a connection that is bound to the operator; see ``DemoBuilder``.
  public init(
    _ connection: ServerConnection, options: ConnectionOptions = ConnectionOptions(),
    passwords: DemoPasswords, say: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    installation = Installation(caller: Caller(connection: connection))
    self.options = options
    self.passwords = passwords
    self.say = say
  }

  /// Makes so many companies with so many deals each, at most `parallel` of them at a time.
  public func build(
    tenants: Int, deals: Int, seed: UInt64, now: Timestamp, parallel: Int = 4
  ) async throws {
    guard let today = now.utcDate else { throw DemoError("The clock says that there is no today.") }
    try await installation.ensurePlan(Self.plan, name: "Benchmark")
    try await withThrowingTaskGroup(of: String.self) { group in
      var next = 1
      func add() {
        guard next <= tenants else { return }
        let company = BenchmarkCompany(number: next, deals: deals, seed: seed, today: today)
        next += 1
        group.addTask { try await build(company) }
      }
      for _ in 0..<max(1, parallel) { add() }
      var done = 0
      for try await slug in group {
        done += 1
        say("\(slug): \(done) of \(tenants)")
        add()
      }
    }
  }

  private func build(_ company: BenchmarkCompany) async throws -> String {
    let password = passwords.password(for: company.adminEmail)
    if try await installation.tenant(company.slug) == nil {
      try await installation.createTenant(
        Installation.Draft(
          slug: company.slug, name: company.name, locale: .en, currency: "EUR",
          timezone: "Europe/Berlin", adminName: "Admin", adminEmail: company.adminEmail,
          template: .none),
        plan: Self.plan, password: password)
    }
    let admin = try await installation.login(
      tenant: company.slug, email: company.adminEmail, password: password, options: options)
    do {
      try await fill(company, admin: admin)
    } catch {
      await admin.connection.close()
      throw error
    }
    await admin.connection.close()
    return company.slug
  }

  private func fill(_ company: BenchmarkCompany, admin: Caller) async throws {
    let setup = CompanySetup(admin: admin)
    let known = try await setup.pipelines().deals
    var first = try await RowImport(
      admin, source: Self.plan, kinds: ["company", "person"], pipeline: nil)
    try await first.send("company", company.clientCompanies)
    try await first.send("person", company.people)
    try await first.finish()
    let teams = try await setup.teams()
    for index in 0..<BenchmarkCompany.pipelineCount {
      let pipeline = try await setup.ensurePipeline(
        BenchmarkCompany.pipelineName(index), template: BenchmarkCompany.template, known: known)
      if let team = teams[BenchmarkCompany.teamName(index)] {
        try await setup.give(
          [.view, .create, .edit, .move, .close], on: pipeline, to: ["team": .integer(team)],
          outcome: .any)
      }
      var rows = try await RowImport(
        admin, source: Self.plan, kinds: ["deal"], pipeline: pipeline)
      try await rows.send(
        "deal", company.dealNumbers(pipeline: index).lazy.map { company.deal($0) })
      try await rows.finish()
    }
  }
}
