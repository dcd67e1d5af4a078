internal import JSONRPC
internal import Postgres
internal import SalesRules
internal import Synchronization

/// What a method of a company is given: who asks, what is known of the company, and the one door to
/// its tables.
///
/// Every transaction through the door carries the caller's rights and proves that what is cached of
/// them is still true; where it is not, the whole method is begun anew.
final class TenantCall: Sendable {
  /// As it came.
  let request: Request
  let arguments: Arguments
  let entry: CompanyEntry
  /// Who has been let in, and by what.
  let admission: Admission
  let services: Services
  let session: ClientSession
  let now: Timestamp
  /// What the request has worked out in earlier attempts.
  let memory: RequestMemory
  /// What the audit keeps of the request.
  let audited: AuditedRequest
  private let warnings = Mutex<[UsageWarning]>([])
  private let proof = Atomic(false)

  init(
    request: Request, arguments: Arguments, entry: CompanyEntry, admission: Admission,
    services: Services, session: ClientSession, now: Timestamp, memory: RequestMemory,
    audited: AuditedRequest
  ) {
    self.request = request
    self.arguments = arguments
    self.entry = entry
    self.admission = admission
    self.services = services
    self.session = session
    self.now = now
    self.memory = memory
    self.audited = audited
  }

  /// What the caller is in the company.
  var standing: Standing { admission.standing }

  /// What is known of the company.
  var company: Company { entry.company }

  /// The company's number, first in every key.
  var tenant: Int64 { company.id }

  /// The same as the parameter `$1`.
  var tenantParameter: Parameter { .integer(company.id) }

  /// Reads in one transaction, with the caller's rights.
  func read(_ statements: BoundStatement...) async throws -> [Rows] {
    try await read(statements, from: services.reads, within: services.places.reads)
  }

  /// The same with statements that were gathered.
  func read(_ statements: [BoundStatement]) async throws -> [Rows] {
    try await read(statements, from: services.reads, within: services.places.reads)
  }

  /// Reads much in one transaction, with the caller's rights, where it delays no short work.
  func report(_ statements: BoundStatement...) async throws -> [Rows] {
    try await read(statements, from: services.reports, within: services.places.reports)
  }

  /// The same with statements that were gathered.
  func report(_ statements: [BoundStatement]) async throws -> [Rows] {
    try await read(statements, from: services.reports, within: services.places.reports)
  }

  /// Reads much in one transaction that shows the caller those cards alone on which they hold `export`.
  func export(_ statements: [BoundStatement]) async throws -> [Rows] {
    try await read(
      statements, from: services.reports, within: services.places.reports,
      behind: standing.exportContext)
  }

  /// Reads on the server's own behalf, whatever the caller may see: for what the company has to know as
  /// a whole, such as whether a client is known already.
  func readAsServer(_ statements: BoundStatement...) async throws -> [Rows] {
    try await readAsServer(statements)
  }

  /// The same with statements that were gathered.
  func readAsServer(_ statements: [BoundStatement]) async throws -> [Rows] {
    let context = ContextStatements.everything(
      tenantParameter, .integer(company.version), .integer(standing.user))
    services.configuration.watch?([context] + statements)
    return try await services.places.reads.work(for: tenant) {
      try await services.reads.repeatable(behind: context, statements, onBehalfOf: tenant)
    }
  }

  /// Another user's standing at the same version; nil where the company has no such user.
  func standing(of user: Int64) async throws -> Standing? {
    try await services.directory.standing(of: user, in: entry)
  }

  private func read(
    _ statements: [BoundStatement], from pool: Pool, within places: CompanyPlaces,
    behind context: BoundStatement? = nil
  ) async throws -> [Rows] {
    let context = context ?? standing.readContext
    services.configuration.watch?([context] + statements)
    let results = try await places.work(for: tenant) {
      try await pool.repeatable(behind: context, statements, onBehalfOf: tenant)
    }
    proof.store(true, ordering: .relaxed)
    return results
  }

  /// Whether a transaction has shown that what is cached is true.
  var isProved: Bool { proof.load(ordering: .relaxed) }

  /// Shows it by a transaction of its own.
  func prove() async throws {
    _ = try await read([], from: services.reads, within: services.places.reads)
  }

  /// Commits a decision; a method does so itself only where its answer needs more doing afterwards.
  func commit(_ work: Work, key: IdempotencyKey? = nil) async throws {
    try await write(statements(of: work, key: key))
    proof.store(true, ordering: .relaxed)
    if work.movesVersion { services.directory.forget(tenant) }
    services.events.wake(tenant)
  }

  /// The decision brings the company nearer to a limit of its plan: owners and admins are told with it.
  func notice(_ warning: UsageWarning) {
    guard !isDryRun else { return }
    warnings.withLock { $0.append(warning) }
  }

  /// How often a write comes again while the company is being changed: for ten seconds or so.
  private static let mostReturns = 200

  /// Runs a decision's transaction. While the company is being changed it waits here, where it keeps no connection
  /// from other companies; what it was decided on is proved when it comes again.
  private func write(_ statements: [BoundStatement]) async throws {
    var returns = 0
    while true {
      do {
        _ = try await services.places.writes.work(for: tenant) {
          try await services.writes.transaction(statements, onBehalfOf: tenant)
        }
        return
      } catch let error as PostgresError
        where error.sqlState == .companyIsChanged && returns < Self.mostReturns
      {
        returns += 1
        try await Task.sleep(for: .milliseconds(Int.random(in: 1...min(1 << min(returns, 7), 100))))
      }
    }
  }

  /// The most cards that a dry run changes for a moment: sellers wait for them, and all feeds for it.
  private static let mostRehearsed: Int64 = 1000

  /// Carries a decision out and takes it back at once: what the database would refuse, a dry run is refused too.
  /// Where it would change many cards it is told by their number alone.
  func rehearse(_ work: Work) async throws {
    guard work.cards <= Self.mostRehearsed else { return }
    var work = work
    work.isAudited = false
    let statements = statements(of: work, key: nil) + TrialStatements.end
    do {
      try await write(statements)
    } catch let error as PostgresError where error.sqlState == TrialStatements.ended {
      proof.store(true, ordering: .relaxed)
    } catch let error as PostgresError where error.mayHaveCommitted {
      // It never commits.
      throw RPCError.unavailable(retryAfterMilliseconds: 200)
    }
  }

  /// A decision's whole transaction: the door, the key, the version where it moves, the work, the audit, the
  /// events.
  func statements(of work: Work, key: IdempotencyKey?) -> [BoundStatement] {
    var statements = [standing.writeContext(of: company, for: work)]
    if let entering = standing.entering(work) { statements.append(entering) }
    if let key { statements.append(key.claim(work, at: now)) }
    if work.movesVersion {
      statements.append(
        ContextStatements.moveVersion(.integer(company.id), .integer(company.version)))
    }
    statements += work.statements
    if work.isAudited {
      statements.append(
        services.audit.row(
          tenant: tenant, epoch: company.auditEpoch, at: now, by: AuditActor(admission.principal),
          from: session.origin.address, audited, work))
      statements += services.eventLedger.statements(
        tenant: tenant, at: now, user: standing.user, audited, work,
        warnings: warnings.withLock { $0 }.map { .warning($0, plan: company.plan.code) })
    }
    return statements
  }

  /// A fresh id.
  func newID(_ kind: IdentityKind) async throws -> Int64 {
    try await services.identities.next(kind, tenant: tenant)
  }

  /// Fresh ids.
  func newIDs(_ kind: IdentityKind, count: Int) async throws -> [Int64] {
    try await services.identities.next(kind, tenant: tenant, count: count)
  }

  /// Whether only to tell what would happen.
  var isDryRun: Bool { arguments[optional: CommonMembers.dryRun] ?? false }

  /// The version that the caller knows.
  var ifVersion: Int64? { arguments[optional: CommonMembers.ifVersion] }

  /// Refuses where the caller knows another version than the present one.
  func requireVersion(_ present: Int64) throws(RPCError) {
    guard let ifVersion, ifVersion != present else { return }
    throw .conflict(
      "It was changed meanwhile: its version is \(present), not \(ifVersion). Read it again.",
      version: present)
  }
}
