public import JSON

/// The errors of this server's own range.
extension RPCError {
  /// Nobody is logged in, or the session or token ended.
  public static func unauthenticated(
    _ message: String = "Log in first, with auth.login or auth.token."
  ) -> RPCError {
    RPCError(.unauthenticated, message)
  }

  /// The asker may see it but not do this, for want of the right `needs`.
  public static func forbidden(needs right: String, _ message: String? = nil) -> RPCError {
    RPCError(
      .forbidden, message ?? "You need the right \"\(right)\" for this. Ask an admin for it.",
      data: [("needs", .string(right))])
  }

  /// It does not exist, or the asker may not know that it does. `what` is a noun: `card`.
  public static func notFound(what: String) -> RPCError {
    RPCError(
      .notFound, "There is no such \(what), or you may not see it. Check the id.",
      data: [("what", .string(what))])
  }

  /// The present state differs from what the caller took for granted.
  public static func conflict(_ message: String, version: Int64? = nil) -> RPCError {
    RPCError(.conflict, message, data: version.map { [("version", .integer($0))] } ?? [])
  }

  /// Values break rules of the domain; names every member at once.
  public static func invalid(_ problems: [FieldProblem]) -> RPCError {
    RPCError(
      .invalid, "Correct the values: \(sentence(problems)).",
      data: [("fields", .array(problems.map(\.json)))])
  }

  /// A move or close is not allowed; `data` holds all that is missing.
  public static func stageRule(
    _ message: String, data: [(name: String, value: JSON)]
  ) -> RPCError {
    RPCError(.stageRule, message, data: data)
  }

  /// Too much at once.
  public static func rateLimited(
    retryAfterMilliseconds: Int64, _ message: String = "Too many requests. Wait and try again."
  ) -> RPCError {
    RPCError(
      .rateLimited, message, data: [("retry_after_ms", .integer(retryAfterMilliseconds))])
  }

  /// The plan does not allow more. `liftedBy` is the cheapest plan that would.
  public static func planLimit(
    limit: String, max: Int64, used: Int64, plan: String, liftedBy: String?
  ) -> RPCError {
    let remedy =
      liftedBy.map { "The plan \"\($0)\" allows more." } ?? "Ask the operator for a larger plan."
    return RPCError(
      .planLimit,
      "The plan \"\(plan)\" allows \(max) of \(limit), and \(used) are in use. \(remedy)",
      data: [
        ("limit", .string(limit)), ("max", .integer(max)), ("used", .integer(used)),
        ("plan", .string(plan)), ("lifted_by", liftedBy.map { .string($0) } ?? .null),
      ])
  }

  /// The plan does not switch the feature on. `liftedBy` is the cheapest plan that does. It has the shape of
  /// a limit of none, with the name once more as `feature`.
  public static func planLacks(
    _ feature: String, plan: String, liftedBy: String?
  ) -> RPCError {
    let remedy =
      liftedBy.map { "The plan \"\($0)\" has it." } ?? "Ask the operator for a plan that has it."
    return RPCError(
      .planLimit, "The plan \"\(plan)\" does not include \(feature). \(remedy)",
      data: [
        ("limit", .string(feature)), ("max", 0), ("used", 0), ("plan", .string(plan)),
        ("lifted_by", liftedBy.map { .string($0) } ?? .null), ("feature", .string(feature)),
      ])
  }

  /// The pipeline is over the plan's limit, or the tenant is suspended (`state`).
  public static func frozen(_ message: String, state: String? = nil) -> RPCError {
    RPCError(.frozen, message, data: state.map { [("state", .string($0))] } ?? [])
  }

  /// The database cannot be reached or the server is stopping.
  public static func unavailable(
    retryAfterMilliseconds: Int64, _ message: String = "Not available just now. Try again."
  ) -> RPCError {
    RPCError(
      .unavailable, message, data: [("retry_after_ms", .integer(retryAfterMilliseconds))])
  }

  /// The connection to the database broke in the middle of a commit.
  public static func unknownOutcome() -> RPCError {
    RPCError(
      .unknownOutcome,
      "It is not known whether this took effect. Look before you repeat it, and send an "
        + "idempotency_key next time.")
  }
}
