internal import JSON
public import SalesRules
public import VoronkaClient

/// Makes the demo company on a server, over the wire, as any integrator would: by the operator's token
/// and then as the company's admin.
///
/// Each step looks before it makes, and rows carry external ids: whoever runs it again after it was
/// interrupted finishes the company, and whoever runs it on a whole one changes nothing.
public struct DemoBuilder: Sendable {
  /// The code of the plan that demo companies are on; made without limits where there is none.
  public static let plan = "demo"

  /// What the rows of the demo's imports are known by.
  static let source = "demo"

  private let installation: Installation
  private let passwords: DemoPasswords
  private let options: ConnectionOptions
  private let say: @Sendable (String) -> Void

  /// A builder over a connection that is bound to the operator.
  ///
  /// - Parameters:
  ///   - connection: Bound to the operator by `auth.token`; a second one is made to the same address.
  ///   - options: How to make the second connection.
  ///   - passwords: What the company's people log in with.
  ///   - say: Takes a line about each step, for people who wait.
  public init(
    _ connection: ServerConnection, options: ConnectionOptions = ConnectionOptions(),
    passwords: DemoPasswords, say: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    installation = Installation(caller: Caller(connection: connection))
    self.options = options
    self.passwords = passwords
    self.say = say
  }

  /// Makes the company as it is now, or finishes the one that was begun, as it was on that day.
  ///
  /// Throws ``DemoError`` for what the server refuses and `ConnectionError` where it can't be reached.
  public func build(_ settings: FurnitureSettings, now: Timestamp) async throws -> DemoAccounts {
    let slug = FurnitureCompany.slug(settings.language)
    let zone = FurnitureCompany.zone(settings.language)
    let tenant = try await installation.tenant(slug)
    // One that was begun yesterday is finished as it was begun.
    let birth = tenant?["created_at"]?.string.flatMap { Timestamp($0) }
    guard let today = zone.day(of: birth ?? now) else {
      throw DemoError("The clock says that there is no today.")
    }
    let company = FurnitureCompany(settings, today: today)
    let staff = company.colleagues
    guard let adminColleague = staff.first else { throw DemoError("The company has no admin.") }
    let password = passwords.password(for: adminColleague.email)
    if tenant == nil {
      say("making \(company.name) (\(slug))")
      try await installation.ensurePlan(Self.plan, name: "Demo")
      try await installation.createTenant(
        Installation.Draft(
          slug: slug, name: company.name, locale: settings.language, currency: company.currency,
          timezone: zone.name, adminName: adminColleague.name, adminEmail: adminColleague.email,
          template: FurnitureCompany.template),
        plan: Self.plan, password: password)
    }
    let admin = try await installation.login(
      tenant: slug, email: adminColleague.email, password: password, options: options)
    do {
      try await fill(company, admin: admin)
      if tenant == nil {
        try await CompanySetup(admin: admin).pauseSome(in: settings.language, now: now)
      }
    } catch {
      await admin.connection.close()
      throw error
    }
    await admin.connection.close()
    return DemoAccounts(
      company, passwords: passwords, address: installation.caller.connection.address)
  }

  private func fill(_ company: FurnitureCompany, admin: Caller) async throws {
    let setup = CompanySetup(admin: admin)
    let plan = CompanyPlan(FurnitureCompany.template, company.settings.language)
    let pipelines = try await setup.pipelines()
    guard let leads = pipelines.leads else { throw DemoError("The company has no lead pipeline.") }
    try await employ(company, plan: plan, setup: setup, leads: leads)

    say("telling of \(company.leads.count) leads")
    var first = try await RowImport(
      admin, source: Self.source, kinds: ["company", "product", "person", "deal"], pipeline: leads)
    try await first.send("company", company.clientCompanies.lazy.map(\.row))
    try await first.send("product", company.catalogue.lazy.map(\.row))
    try await first.send("person", company.colleagues.lazy.map(\.row))
    try await first.send("deal", company.leads.lazy.map(\.row))
    try await first.finish()

    for direction in plan.directions {
      guard let pipeline = pipelines.deals[direction.name] else {
        throw DemoError("The company has no pipeline \(direction.name).")
      }
      let deals = company.deals[direction.code] ?? []
      say("telling of \(deals.count) deals in \(direction.name)")
      var rows = try await RowImport(
        admin, source: Self.source, kinds: ["deal"], pipeline: pipeline)
      try await rows.send("deal", deals.lazy.map(\.row))
      try await rows.finish()
    }
  }

  /// Takes everybody on who is not there yet, and gives them their places.
  private func employ(
    _ company: FurnitureCompany, plan: CompanyPlan, setup: CompanySetup, leads: Int64
  ) async throws {
    let teams = try await setup.teams()
    let users = try await setup.users()
    say("taking on \(company.colleagues.count) people")
    for colleague in company.colleagues where colleague.position != .admin {
      let team = try colleague.team.map { code in
        let id = plan.teamNames[code].flatMap { teams[$0] }
        guard let id else { throw DemoError("The company has no team \(code).") }
        return id
      }
      var user = users[colleague.email]
      if user == nil {
        user = try await setup.createUser(
          colleague, password: passwords.password(for: colleague.email),
          teams: team.map { [$0] } ?? [])
      }
      guard let user else { continue }
      if colleague.isLead, let team { try await setup.setLead(team: team, user: user) }
      if colleague.position == .contractor {
        // S4: marketers see the lost ones, to judge the quality of leads, and nothing else.
        try await setup.give([.view], on: leads, to: ["user": .integer(user)], outcome: .lost)
      }
    }
  }
}
