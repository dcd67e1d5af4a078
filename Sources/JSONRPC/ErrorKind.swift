/// The kinds of errors, one for each meaning; a kind never changes its meaning.
public enum ErrorKind: String, Sendable, CaseIterable {
  /// The line is not JSON.
  case parseError = "parse_error"
  /// The JSON is no request, or one that cannot stand here.
  case invalidRequest = "invalid_request"
  /// There is no such method.
  case methodNotFound = "method_not_found"
  /// The params do not fit the method's declaration.
  case invalidParams = "invalid_params"
  /// The server failed; the incident id is in its log.
  case `internal` = "internal"
  /// Nobody is logged in, or the session or token ended.
  case unauthenticated
  /// It may be seen but not done.
  case forbidden
  /// It does not exist, or the asker may not know that it does.
  case notFound = "not_found"
  /// Another version, a taken name, a key used otherwise.
  case conflict
  /// The value breaks a rule of the domain.
  case invalid
  /// A move or close is not allowed.
  case stageRule = "stage_rule"
  /// Too much at once; wait.
  case rateLimited = "rate_limited"
  /// The plan does not allow more.
  case planLimit = "plan_limit"
  /// The pipeline is over the plan's limit, or the tenant is suspended.
  case frozen
  /// The database cannot be reached or the server is stopping.
  case unavailable
  /// Whether the commit took effect is not known.
  case unknownOutcome = "unknown_outcome"

  /// The number that goes with the kind.
  public var code: Int {
    switch self {
    case .parseError: -32700
    case .invalidRequest: -32600
    case .methodNotFound: -32601
    case .invalidParams: -32602
    case .internal: -32603
    case .unauthenticated: 1001
    case .forbidden: 1003
    case .notFound: 1004
    case .conflict: 1009
    case .invalid: 1022
    case .stageRule: 1023
    case .rateLimited: 1029
    case .planLimit: 1040
    case .frozen: 1041
    case .unavailable: 1050
    case .unknownOutcome: 1051
    }
  }

  /// What the kind means, in one sentence, for the description of methods.
  public var summary: String {
    switch self {
    case .parseError: "The line is not JSON."
    case .invalidRequest: "The JSON is not a request, or not one that can stand here."
    case .methodNotFound: "There is no method of that name."
    case .invalidParams: "The params do not fit the method; data.fields names each member."
    case .internal: "The server failed; data.incident is the id in its log."
    case .unauthenticated: "Log in first, or again: the session or token ended."
    case .forbidden: "You may see it but not do this; data.needs names the right."
    case .notFound: "It does not exist, or you may not know that it does."
    case .conflict: "It was changed meanwhile, the name is taken, or the key was used otherwise."
    case .invalid: "The value breaks a rule; data.fields names each member."
    case .stageRule: "The move or close is not allowed; data says what is missing."
    case .rateLimited: "Too many requests; wait data.retry_after_ms milliseconds."
    case .planLimit: "The plan's limit is reached; data.lifted_by names the plan that lifts it."
    case .frozen: "The pipeline is frozen by the plan's limit, or the company is suspended."
    case .unavailable: "Not available just now; try again after data.retry_after_ms."
    case .unknownOutcome:
      "The connection to the database broke during the commit; look before repeating."
    }
  }
}
