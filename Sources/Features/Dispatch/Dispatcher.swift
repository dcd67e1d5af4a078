internal import JSON
public import JSONRPC
internal import Logging
internal import Metrics
internal import Postgres
internal import SalesRules

/// The way from a request to its method: known, logged in, well-formed, within limits; then the method
/// itself, in as many attempts as the present state of the company takes.
public final class Dispatcher: Sendable {
  private let methods: [String: Method]
  let services: Services
  let logger: Logger

  init(_ methods: [Method], services: Services, logger: Logger) {
    self.methods = Dictionary(uniqueKeysWithValues: methods.map { ($0.description.name, $0) })
    self.services = services
    self.logger = logger
  }

  /// A handler for one connection.
  public func makeHandler(_ origin: ClientOrigin) -> ClientSession {
    ClientSession(origin: origin, dispatcher: self)
  }

  func respond(
    to request: Request, from session: ClientSession, isInBatch: Bool
  ) async -> Result<RawJSON, RPCError> {
    let start = ContinuousClock.now
    let label = session.nextRequestLabel()
    guard let method = methods[request.method] else {
      return .failure(.methodNotFound(request.method))
    }
    let result: Result<RawJSON, RPCError>
    do {
      result = .success(
        try await answer(request, by: method, session, label, isInBatch: isInBatch))
    } catch {
      result = .failure(translate(error, request, label))
    }
    note(method, result, since: start, label)
    return result
  }

  private func answer(
    _ request: Request, by method: Method, _ session: ClientSession, _ label: RequestLabel,
    isInBatch: Bool
  ) async throws -> RawJSON {
    if isInBatch, method.traits.contains(.bindsConnection) {
      throw RPCError.invalidRequest(
        "\(request.method) can't stand in a batch. Send it as a request of its own.")
    }
    let principal = session.principal
    if !method.isOpen, principal == nil { throw RPCError.unauthenticated() }
    if request.hasPositionalParameters { throw RPCError.positionalParameters() }
    let arguments = try Arguments.decode(
      request.parameters, against: method.description.parameters
    ).get()
    let attempt = Attempt(
      method: method, request: request, arguments: arguments, session: session,
      services: services, audited: AuditedRequest(method, request, label: label))
    switch (method.body, principal) {
    case (.open(let body), _):
      return try await body(
        OpenCall(
          arguments: arguments, services: services, session: session, now: services.clock.now,
          audited: AuditedRequest(method, request, label: label)))
    case (.operatorRead, .operator(let token)?), (.operatorWrite, .operator(let token)?),
      (.anyPrincipal, .operator(let token)?):
      return try await attempt.asOperator(token: token)
    case (.operatorRead, _), (.operatorWrite, _):
      throw RPCError.forbidden(needs: "operator", "Only the operator may do this.")
    case (_, .operator?), (_, nil):
      throw RPCError.forbidden(
        needs: "user", "This is for the users of a company. Log in as one of them.")
    case (.read, _), (.write, _), (.anyPrincipal, _):
      return try await attempt.inCompany()
    }
  }

  /// What the caller is told. Only what nobody foresaw gets an incident, under which the log has it.
  private func translate(
    _ error: any Error, _ request: Request, _ label: RequestLabel
  ) -> RPCError {
    if let error = error as? RPCError { return error }
    if let error = error as? PostgresError {
      switch FailureKind(error) {
      case .unavailable, .outrun, .stale:
        if error.isShortage {
          logger.error(
            "the database has no room left", metadata: ["error": "\(error)", "request": "\(label)"])
        }
        return .unavailable(retryAfterMilliseconds: 500)
      case .unknown: return .unknownOutcome()
      case .keyInUse, .other:
        let isDeletion = request.method.hasSuffix(".delete")
        if let known = ConstraintErrors.error(for: error, isDeletion: isDeletion) { return known }
      }
    }
    let incident = String(UInt64.random(in: .min ... .max), radix: 36)
    logger.error(
      "a request failed",
      metadata: [
        "incident": "\(incident)", "method": "\(request.method)", "error": "\(error)",
        "request": "\(label)",
      ])
    return .internalError(incident: incident)
  }

  private func note(
    _ method: Method, _ result: Result<RawJSON, RPCError>,
    since start: ContinuousClock.Instant, _ label: RequestLabel
  ) {
    let outcome: String
    switch result {
    case .success: outcome = "ok"
    case .failure(let error): outcome = error.kind
    }
    let duration = ContinuousClock.now - start
    method.meter.record(outcome: outcome, duration: duration)
    logger.debug(
      "request",
      metadata: [
        "method": "\(method.description.name)", "outcome": "\(outcome)",
        "duration": "\(duration)", "request": "\(label)",
      ])
  }
}
