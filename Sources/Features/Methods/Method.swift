internal import JSON
public import JSONRPC
internal import SalesRules

/// One method, whole: what it is called, takes and gives, who may call it, and what it does.
///
/// Dispatch, limits, transactions, idempotency, metrics and `rpc.discover` all follow from this value.
/// A class, since every request passes it on and nothing ever changes it.
public final class Method: Sendable {
  /// Who may call it, and what is done then.
  enum Body: Sendable {
    /// Anybody, before log-in too; nothing is written.
    case open(@Sendable (OpenCall) async throws -> RawJSON)
    /// The operator, to look.
    case operatorRead(@Sendable (OperatorCall) async throws -> RawJSON)
    /// The operator, to change.
    case operatorWrite(@Sendable (OperatorCall) async throws -> Work)
    /// Somebody of a company, to look.
    case read(Standing.Requirement, @Sendable (TenantCall) async throws -> RawJSON)
    /// Somebody of a company, to change.
    case write(Standing.Requirement, @Sendable (TenantCall) async throws -> Work)
    /// Whoever is logged in.
    case anyPrincipal(
      operator: @Sendable (OperatorCall) async throws -> RawJSON,
      tenant: @Sendable (TenantCall) async throws -> RawJSON)
  }

  /// What members a method has besides its own.
  struct Traits: OptionSet, Sendable {
    let rawValue: Int
    /// It takes `if_version`.
    static let versioned = Traits(rawValue: 1)
    /// It takes `dry_run`.
    static let dryRun = Traits(rawValue: 2)
    /// It hands out a secret, and so takes no `idempotency_key`.
    static let secret = Traits(rawValue: 4)
    /// It changes who speaks on the connection, or what is told on it unasked, and so is refused in a batch.
    static let bindsConnection = Traits(rawValue: 8)
    /// Only somebody who has logged in with a password may call it: no token, nobody acting for others.
    static let needsSession = Traits(rawValue: 1024)
    /// Its dry run is kept itself, as the beginning of more, and is not a rehearsal of the work.
    static let keepsDryRun = Traits(rawValue: 2048)
  }

  /// Its name and shapes.
  public let description: MethodDescription
  let body: Body
  let traits: Traits
  /// What the company's plan has to switch on.
  let feature: PlanFeature?
  let meter: MethodMeter

  /// A method.
  init(
    _ name: String, _ summary: String, details: String = "", takes: [MemberDeclaration] = [],
    gives: Schema = .anyObject, errors: [ErrorKind] = [], traits: Traits = [],
    feature: PlanFeature? = nil, _ body: Body
  ) {
    self.body = body
    self.feature = feature
    self.traits = traits
    meter = MethodMeter(method: name)
    // An update says by null that something is to be cleared; what can't be is refused by name.
    var parameters =
      name.hasSuffix(".update")
      ? takes.map { $0.presence == .optional ? $0.refusingNull : $0 } : takes
    if traits.contains(.versioned) { parameters.append(.optional(CommonMembers.ifVersion)) }
    if traits.contains(.dryRun) { parameters.append(.optional(CommonMembers.dryRun)) }
    var kinds = Self.errors(of: body) + errors
    if body.isWrite, !traits.contains(.secret) {
      parameters.append(.optional(CommonMembers.idempotencyKey))
      kinds += [.conflict, .unknownOutcome]
    }
    if traits.contains(.versioned) { kinds.append(.conflict) }
    if feature != nil { kinds.append(.planLimit) }
    let noun = name.split(separator: ".").first.map(String.init) ?? name
    description = MethodDescription(
      name: name, summary: summary, details: details, parameters: parameters, result: gives,
      errors: ErrorKind.allCases.filter(Set(kinds).contains), tags: [noun])
  }

  /// Whether it tells who one is, or changes or leaves that: open to whoever is logged in at all.
  var isOfAuthentication: Bool {
    guard case .anyPrincipal = body else { return false }
    return description.name.hasPrefix("auth.")
  }

  /// Whether it answers before anybody has logged in.
  var isOpen: Bool {
    if case .open = body { true } else { false }
  }

  private static func errors(of body: Body) -> [ErrorKind] {
    switch body {
    case .open: [.rateLimited, .unavailable]
    case .operatorRead, .operatorWrite: [.unauthenticated, .forbidden, .unavailable]
    case .read, .write: [.unauthenticated, .forbidden, .rateLimited, .frozen, .unavailable]
    case .anyPrincipal: [.unauthenticated, .frozen, .unavailable]
    }
  }
}

extension Method.Body {
  /// Whether it changes anything that an idempotency key would guard.
  var isWrite: Bool {
    switch self {
    case .operatorWrite, .write: true
    case .open, .operatorRead, .read, .anyPrincipal: false
    }
  }
}
