internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// One request on its way through a method, in as many attempts as it takes.
///
/// An attempt decides on what is cached and what it reads, and writes under guards. When a guard shows
/// that something has changed meanwhile, nothing was done, and the next attempt decides anew.
struct Attempt {
  let method: Method
  let request: Request
  let arguments: Arguments
  let session: ClientSession
  let services: Services
  /// What the audit keeps of the request.
  let audited: AuditedRequest
  private let memory = RequestMemory()

  private static let most = 24

  /// Many who change the same thing at once get out of each other's way: from the third attempt on each
  /// waits a random time, the longer the more often it has yielded, and a quarter of a second at most.
  private static func pause(before attempt: Int) async throws {
    guard attempt > 2 else { return }
    let longest = min(1 << attempt, 250)
    try await Task.sleep(for: .milliseconds(Int.random(in: 1...longest)))
  }

  // MARK: - For somebody of a company

  func inCompany() async throws -> RawJSON {
    try await inCompany(isCounted: false) { try await perform($0) }
  }

  /// What is done for a subscriber, by the rights of the moment. It is no request and counts as none.
  func onBehalf<Value>(
    _ body: (TenantCall) async throws -> Value
  ) async throws -> Value {
    try await inCompany(isCounted: true) { call in
      try await requireOpen(call)
      return try await body(call)
    }
  }

  private func inCompany<Value>(
    isCounted: Bool, _ body: (TenantCall) async throws -> Value
  ) async throws -> Value {
    var isCounted = isCounted
    var lastFailure: (any Error)?
    for round in 0..<Self.most {
      try await Self.pause(before: round)
      guard let principal = session.principal, let tenant = principal.tenant else {
        throw RPCError.unauthenticated()
      }
      guard let entry = try await services.directory.entry(tenant) else { throw ended() }
      let company = entry.company
      do {
        let now = services.clock.now
        if company.state != .active { try await services.directory.prove(entry) }
        try requireActive(company)
        guard
          let admission = try await Admission.admit(
            principal, from: session.origin, to: entry, services, at: now)
        else {
          try await services.directory.prove(entry)
          throw ended()
        }
        if !isCounted {
          isCounted = true
          if let token = admission.token {
            await services.tokenUses.note(token.id, of: tenant, at: now)
          }
          try await services.requestRates.admit(
            tenant: tenant, perSecond: company.plan.limits.requestsPerSecond)
        }
        return try await attempt(
          TenantCall(
            request: request, arguments: arguments, entry: entry, admission: admission,
            services: services, session: session, now: now, memory: memory, audited: audited), body)
      } catch let error as PostgresError {
        lastFailure = error
        switch FailureKind(error) {
        case .stale: services.directory.forget(tenant, version: company.version)
        case .outrun: services.directory.forget(tenant, version: company.version)
        case .keyInUse: continue
        // The client was merged into another one meanwhile, which stands for it now.
        case .other where ConstraintErrors.isOfGoneClient(error) && !isDeletion: continue
        case .unknown where hasKey: continue
        default: throw error
        }
      }
    }
    throw lastFailure ?? RPCError.unavailable(retryAfterMilliseconds: 200)
  }

  /// One attempt; what it refuses by what is cached alone, it proves first.
  private func attempt<Value>(
    _ call: TenantCall, _ body: (TenantCall) async throws -> Value
  ) async throws -> Value {
    defer { call.passTurn() }
    do {
      let answer = try await body(call)
      if !call.isProved { try await call.prove() }
      return answer
    } catch let error as RPCError {
      if !call.isProved { try await call.prove() }
      throw error
    }
  }

  /// Refuses what the principal's kind, its token, or the company's plan does not open.
  private func requireOpen(_ call: TenantCall) async throws {
    try call.admission.requireAllowed(method)
    if let feature = method.feature { try await PlanRoom.require(feature, call) }
    if method.isOfAuthentication { return }
    if call.admission.token != nil { try await PlanRoom.require(.apiTokens, call) }
  }

  private func perform(_ call: TenantCall) async throws -> RawJSON {
    try await requireOpen(call)
    switch method.body {
    case .read(let requirement, let body):
      try require(requirement, call.standing)
      return try await body(call)
    case .write(let requirement, let body):
      try require(requirement, call.standing)
      return try await write(call, body)
    case .anyPrincipal(_, let body):
      return try await body(call)
    case .open, .operatorRead, .operatorWrite:
      throw RPCError.forbidden(needs: "operator")
    }
  }

  private func write(
    _ call: TenantCall, _ body: @Sendable (TenantCall) async throws -> Work
  ) async throws -> RawJSON {
    let owner = call.admission.principal.keyOwner
    let key = IdempotencyKey(
      arguments, request: request, tenant: call.tenant, owner: owner,
      hours: call.company.plan.retention.idempotencyHours)
    if let key, let answer = try await key.answer(in: call.read(key.find(at: call.now))[0]) {
      return answer
    }
    let work: Work
    do {
      work = try await body(call)
    } catch let error as RPCError {
      // It may be refused because the same request has just been carried out.
      if let key, let answer = try await key.answer(in: call.read(key.find(at: call.now))[0]) {
        return answer
      }
      throw error
    }
    if work.statements.isEmpty { return work.answer }
    if call.isDryRun, !method.traits.contains(.keepsDryRun) {
      try await call.rehearse(work)
      return work.answer
    }
    try await call.commit(work, key: key)
    return work.answer
  }

  private func require(
    _ requirement: Standing.Requirement, _ standing: Standing
  ) throws(RPCError) {
    guard !standing.meets(requirement) else { return }
    throw .forbidden(needs: "admin", "Only an owner or admin of the company may do this.")
  }

  private func requireActive(_ company: Company) throws(RPCError) {
    guard company.state != .active else { return }
    throw .frozen(
      "The company is \(company.state.rawValue). Ask the operator of this installation.",
      state: company.state.rawValue)
  }

  private func ended() -> RPCError {
    if let principal = session.principal { session.unbind(principal) }
    return .unauthenticated("The session or token has ended. Log in again.")
  }

  private var isDeletion: Bool { request.method.hasSuffix(".delete") }

  private var hasKey: Bool { arguments.has(CommonMembers.idempotencyKey.name) }

  // MARK: - For the operator

  func asOperator(token: Int64) async throws -> RawJSON {
    var lastFailure: (any Error)?
    for round in 0..<Self.most {
      try await Self.pause(before: round)
      let call = OperatorCall(
        request: request, arguments: arguments, services: services, session: session,
        now: services.clock.now, token: token, auditedRequest: audited)
      do {
        return try await perform(call)
      } catch let error as PostgresError {
        lastFailure = error
        switch FailureKind(error) {
        case .stale: throw ended()
        case .outrun, .keyInUse: continue
        case .unknown where hasKey: continue
        default: throw error
        }
      }
    }
    throw lastFailure ?? RPCError.unavailable(retryAfterMilliseconds: 200)
  }

  private func perform(_ call: OperatorCall) async throws -> RawJSON {
    switch method.body {
    case .operatorRead(let body): return try await body(call)
    case .anyPrincipal(let body, _): return try await body(call)
    case .operatorWrite(let body): return try await write(call, body)
    case .open, .read, .write: throw RPCError.forbidden(needs: "user")
    }
  }

  private func write(
    _ call: OperatorCall, _ body: @Sendable (OperatorCall) async throws -> Work
  ) async throws -> RawJSON {
    let key = IdempotencyKey(arguments, request: request, tenant: 0, owner: "operator")
    if let key, let answer = try await key.answer(in: call.read(key.find(at: call.now))[0]) {
      return answer
    }
    let work: Work
    do {
      work = try await body(call)
    } catch let error as RPCError {
      if let key, let answer = try await key.answer(in: call.read(key.find(at: call.now))[0]) {
        return answer
      }
      throw error
    }
    if work.statements.isEmpty { return work.answer }
    var statements = ContextStatements.forOperator(token: call.token)
    if let key { statements.append(key.claim(work, at: call.now)) }
    statements += call.audited(work, audited)
    _ = try await services.writes.transaction(statements)
    if let tenant = work.tenant {
      services.directory.forget(tenant)
      services.events.wake(tenant)
      if work.beginsPurge { await TenantPurge(services: services).begin(tenant, at: call.now) }
    }
    return work.answer
  }
}
