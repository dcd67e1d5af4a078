internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// The rule on who becomes responsible, as requests give it and answers tell it.
enum AssignmentMembers {
  private static let way = Member<AssignmentRule.Way>.choice(
    "way", "keep, user (one person), round_robin or least_loaded (among the people of a team).")
  private static let user = Member<Int64>.identifier("user", "The user's id.")
  private static let team = Member<Int64>.identifier("team", "The team's id.")

  static let rule: Member<AssignmentRule> = Member<Arguments>.object(
    "responsible_rule", [.required(way), .optional(user), .optional(team)],
    "Who becomes responsible; null keeps whoever is."
  ).map { arguments -> Result<AssignmentRule, FieldProblems> in
    let rule = AssignmentRule(
      way: arguments[way], user: arguments[optional: user], team: arguments[optional: team])
    guard let rule else {
      return .failure(
        FieldProblems(
          "has to have user where way is user, team where it is round_robin or least_loaded, and "
            + "nothing else"))
    }
    return .success(rule)
  }

  static let transfersTo = Member<Int64>.identifier(
    "transfers_to",
    "A deal pipeline: a lead that enters becomes a deal there at once. For stages of leads.")

  static let schema = Schema.object(
    [
      "way": .choice(AssignmentRule.Way.allCases.map(\.rawValue)), "user": .identifier,
      "team": .identifier,
    ], required: ["way"])

  /// Whom an assignment goes to.
  static let to = Member<Arguments>.exactlyOne(
    "to", of: [.optional(user), .optional(team)],
    "A user, or a team, whose people take turns; instead of `responsible`.")

  /// The member `to` as a rule.
  static func wanted(_ target: Arguments) -> AssignmentRule {
    target[optional: team].map { .roundRobin(team: $0) } ?? .user(target[optional: user] ?? 0)
  }
}

extension AssignmentRule {
  /// Writes the rule as a value; one that keeps whoever is there is null.
  func write(to writer: inout JSONWriter) {
    guard self != .keep else { return writer.null() }
    writer.object {
      $0.member("way", way.rawValue)
      if let user { $0.member("user", user) }
      if let team { $0.member("team", team) }
    }
  }

  /// From three columns: way, user, team.
  init(_ row: Row, from column: Int) throws {
    let way = try row.stringIfPresent(column).flatMap(Way.init) ?? .keep
    let rule = AssignmentRule(
      way: way, user: try row.integerIfPresent(column + 1),
      team: try row.integerIfPresent(column + 2))
    self = rule ?? .keep
  }

  /// The same as parameters.
  var parameters: [Parameter] {
    [.string(self == .keep ? nil : way.rawValue), .integer(user), .integer(team)]
  }

  /// The rule as its object in the ledger.
  var json: JSON {
    var object: JSONObject = ["way": .string(way.rawValue)]
    if let user { object["user"] = .integer(user) }
    if let team { object["team"] = .integer(team) }
    return .object(object)
  }
}

extension TenantCall {
  /// Refuses a rule that names somebody or a team of whom the caller knows nothing.
  func requireKnown(_ rule: AssignmentRule?) async throws {
    if let user = rule?.user {
      guard try await standing(of: user) != nil else { throw RPCError.notFound(what: "user") }
      try await UserSight.require(user, self)
    }
    if let team = rule?.team { try await TeamSight.require(team, self) }
  }
}
