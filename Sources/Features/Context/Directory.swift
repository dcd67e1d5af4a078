internal import Postgres
internal import SalesRules
internal import Synchronization

/// What the server keeps in memory of companies and their people.
///
/// It may be out of date at any moment, and is never trusted: each transaction proves the version it
/// was decided on. A stale entry costs one more round trip, never a wrong answer.
final class Directory: Sendable {
  private let pool: Pool
  private let capacity: Int
  private let entries = Mutex<[Int64: CompanyEntry]>([:])

  /// - Parameter capacity: how many companies are kept at most.
  init(pool: Pool, capacity: Int = 2000) {
    self.pool = pool
    self.capacity = capacity
  }

  /// What is known of a company; nil where there is none of that number.
  func entry(_ tenant: Int64) async throws -> CompanyEntry? {
    if let known = entries.withLock({ $0[tenant] }) { return known }
    guard let company = try await load(tenant) else { return nil }
    let entry = CompanyEntry(company)
    entries.withLock { entries in
      if entries.count >= capacity, let other = entries.keys.first {
        entries.removeValue(forKey: other)
      }
      // Two may have loaded at once; the newer stays.
      if (entries[tenant]?.company.version ?? 0) <= company.version { entries[tenant] = entry }
    }
    return entry
  }

  /// Forgets a company as it was at this version.
  func forget(_ tenant: Int64, version: Int64? = nil) {
    entries.withLock { entries in
      guard let known = entries[tenant] else { return }
      if let version, known.company.version != version { return }
      entries.removeValue(forKey: tenant)
    }
  }

  /// A user's standing; nil where the company has no such user.
  func standing(of user: Int64, in entry: CompanyEntry) async throws -> Standing? {
    if let known = entry.standing(of: user) { return known }
    let company = entry.company
    let parameters: [Parameter] = [.integer(company.id), .integer(user)]
    let results = try await pool.repeatable(
      [
        ContextStatements.everything(
          .integer(company.id), .integer(company.version), .integer(user)),
        CompanyStatements.user.bind(parameters), CompanyStatements.rights.bind(parameters),
        CompanyStatements.lastPerson(.integer(company.id)),
      ], onBehalfOf: company.id)
    guard let row = results[1].first else { return nil }
    let role: TenantRole = try row.word(2)
    let isActive = try row.string(3) == "active"
    let standing = Standing(
      tenant: company.id, version: company.version, user: user, email: try row.string(0),
      name: try row.string(1), role: role, isActive: isActive,
      rights: isActive && !role.holdsEverything
        ? try CompiledRights(results[2], lastPerson: results[3][0].integer(0)) : .none)
    entry.keep(standing)
    return standing
  }

  /// Shows that what is known of a company is still true, before somebody is turned away by it alone.
  func prove(_ entry: CompanyEntry) async throws {
    let company = entry.company
    _ = try await pool.repeatable([
      ContextStatements.everything(.integer(company.id), .integer(company.version), 0)
    ])
  }

  /// Whether a session is still good.
  func isValid(session: Int64, at now: Timestamp, in entry: CompanyEntry) async throws -> Bool {
    if entry.knows(session: session) { return true }
    let company = entry.company
    let results = try await pool.repeatable(
      [
        ContextStatements.everything(.integer(company.id), .integer(company.version), 0),
        CompanyStatements.session(.integer(company.id), .integer(session), .timestamp(now)),
      ], onBehalfOf: company.id)
    guard !results[1].isEmpty else { return false }
    entry.keep(session: session)
    return true
  }

  /// A token of the company; nil where there is none of that number any more.
  func token(_ id: Int64, in entry: CompanyEntry) async throws -> IssuedToken? {
    if let known = entry.token(id) { return known }
    let company = entry.company
    let results = try await pool.repeatable([
      ContextStatements.everything(.integer(company.id), .integer(company.version), 0),
      TokenStatements.get(.integer(company.id), .integer(id)),
    ])
    guard let row = results[1].first else { return nil }
    let token = try IssuedToken(row)
    entry.keep(token)
    return token
  }

  /// Whether the operator's look into a company goes on. Looks are rare: each request asks anew.
  func isLive(
    support access: Int64, by operatorToken: Int64, at now: Timestamp, in tenant: Int64
  ) async throws -> Bool {
    let results = try await pool.repeatable([
      ContextStatements.login(), ContextStatements.server(.integer(tenant)),
      SupportStatements.live(
        .integer(tenant), .integer(access), .timestamp(now), .integer(operatorToken)),
    ])
    return !results[2].isEmpty
  }

  private func load(_ tenant: Int64) async throws -> Company? {
    let parameter = Parameter.integer(tenant)
    let results = try await pool.repeatable(
      [
        ContextStatements.server(parameter), CompanyStatements.version(parameter),
        CompanyStatements.tenant(parameter), CompanyStatements.pipelines(parameter),
        CompanyStatements.stages(parameter), CompanyStatements.reasons(parameter),
        CompanyStatements.fields(parameter), CompanyStatements.contactStatuses(parameter),
        CompanyStatements.activityTypes(parameter),
      ], onBehalfOf: tenant)
    guard let version = results[1].first, let row = results[2].first else { return nil }
    return try Company(
      id: tenant, version: version, tenant: row, results: results[3...])
  }
}
