/// The right to each thing, told by hand from docs/security.md and the protocol, and not by the code
/// under test: for each method one rule a case of `IsolationCases`, in their order.
enum MatrixTable {
  static let all: [String: [Rule]] = cardRules(of: "lead", leads, lost: leads)
    .merging(cardRules(of: "deal", deals, lost: lostDeals)) { $1 }
    .merging(moreOfCards) { $1 }.merging(access) { $1 }.merging(clients) { $1 }
    .merging(design) { $1 }.merging(people) { $1 }.merging(company) { $1 }

  typealias Holding = @Sendable (MatrixRole, Ownership) -> Set<String>

  private static let everything: Set = [
    "view", "create", "edit", "move", "close", "assign", "delete",
  ]

  // MARK: - What is held

  /// On open deals of the team's pipeline.
  static let deals: Holding = { role, whose in
    guard whose.isHere else { return [] }
    switch role {
    case .owner, .admin: return everything
    case .lead:
      // To assign comes with leading.
      return whose.isNear ? ["view", "create", "edit", "move", "close", "assign"] : []
    case .senior, .personalToken, .serviceToken:
      return whose == .own ? everything : whose == .colleagues ? ["view"] : []
    case .firstLine, .contractor, .operator: return []
    }
  }

  /// On lost deals of the same.
  static let lostDeals: Holding = { role, whose in
    role == .contractor ? (whose.isHere ? ["view"] : []) : deals(role, whose)
  }

  /// On leads.
  static let leads: Holding = { role, whose in
    guard whose.isHere else { return [] }
    if role.holdsEverything { return everything }
    guard role == .firstLine else { return [] }
    return whose == .own
      ? everything.subtracting(["delete"]) : whose == .colleagues ? ["view"] : []
  }

  /// On pipelines, with all that belongs to one: the team's and, of other teams, another.
  static let pipelines: Holding = { role, whose in
    guard whose.isHere else { return [] }
    if role.holdsEverything { return everything.union(["configure"]) }
    guard whose.isNear else { return [] }
    switch role {
    case .lead: return ["view", "create", "edit", "move", "close"]
    case .senior, .personalToken, .serviceToken: return everything
    case .firstLine: return ["create"]
    case .contractor: return ["view"]
    case .owner, .admin, .operator: return []
    }
  }

  /// Clients of whom there are cards.
  static let clientsOfCards: Holding = { role, whose in
    let held = deals(role, whose).union(leads(role, whose)).intersection(["view", "edit"])
    // Whoever entered a client changes it.
    return whose == .own && role != .contractor ? held.union(["view", "edit"]) : held
  }

  /// Clients of whom there are none: they are whoever's who entered them.
  static let idleClients: Holding = { role, whose in
    guard whose.isHere else { return [] }
    return role.holdsEverything || (whose == .own && role != .contractor)
      ? ["view", "edit", "delete"] : []
  }

  /// People: those on the same pipelines; for who only looks, the responsible of what they see.
  static let users: Holding = { role, whose in
    whose.isNear || (role.holdsEverything && whose == .otherTeams) ? ["view"] : []
  }

  /// Teams: one's own, and those with something on the pipelines that one works on.
  static let teams: Holding = { role, whose in
    if role.holdsEverything { return whose.isHere ? ["view"] : [] }
    return whose.isNear && role != .contractor ? ["view"] : []
  }

  // MARK: - What follows from it

  /// Done to a thing by whoever holds the action on it.
  static func needs(_ action: String, on held: @escaping Holding, sight: String = "view") -> Rule {
    { role, whose in
      if role == .operator { return .shut("user") }
      let actions = held(role, whose)
      if actions.contains(action) { return .allowed }
      return actions.contains(sight) ? .forbidden(action) : .absent
    }
  }

  /// The same on a pipeline, of which one knows by any right.
  static func onPipeline(_ action: String) -> Rule {
    { role, whose in
      if role == .operator { return .shut("user") }
      let actions = pipelines(role, whose)
      if actions.contains(action) { return .allowed }
      return actions.isEmpty ? .absent : .forbidden(action)
    }
  }

  /// Done to something of one's own, naming another thing: the first is asked before the second.
  static func naming(_ second: @escaping Rule, afterOwn first: @escaping Rule) -> Rule {
    { role, whose in
      switch first(role, .own) {
      case .allowed: second(role, whose)
      case .forbidden(let action): .shut(action)
      case let other: other
      }
    }
  }

  /// For owners and admins, whatever it is in the company.
  static let admin: Rule = { role, whose in
    if role == .operator { return .shut("user") }
    guard role.holdsEverything else { return .shut("admin") }
    return whose.isHere ? .allowed : .absent
  }

  /// The same, and refused for another reason.
  static let adminRefused: Rule = { role, whose in
    let verdict = admin(role, whose)
    return verdict == .allowed ? .refused : verdict
  }

  /// For everybody of the company; it names nothing.
  static let member: Rule = { role, _ in role == .operator ? .shut("user") : .allowed }

  /// A filter of a list: something of what is seen, nothing of what is known, or nothing known.
  static func filter(
    _ isShown: @escaping @Sendable (MatrixRole, Ownership) -> Bool,
    isKnown: @escaping @Sendable (MatrixRole, Ownership) -> Bool = { _, _ in false }
  ) -> Rule {
    { role, whose in
      if role == .operator { return .shut("user") }
      if isShown(role, whose) { return .shown }
      return isKnown(role, whose) ? .empty : .hidden
    }
  }

  /// A stage beside a pipeline: of another pipeline it does not fit.
  static func fitting(_ rule: @escaping Rule) -> Rule {
    { role, whose in
      guard whose == .otherTeams else { return rule(role, whose) }
      return rule(role, .own) == .allowed
        ? (role.holdsEverything ? .refused : .absent)
        : rule(role, whose)
    }
  }
}
