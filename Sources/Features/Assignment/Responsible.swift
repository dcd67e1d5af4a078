internal import JSON
internal import Postgres
internal import SalesRules

/// Who becomes responsible for a card, and why: what the ledger keeps, as a part of the card's history.
struct Responsible {
  /// What decided.
  enum Way: String, CaseIterable {
    /// Somebody named them, or nobody on purpose.
    case named
    /// The card is whose who made it.
    case own
    /// A stage's or pipeline's rule, or the turns of a team.
    case rule
    /// Nobody was named and no rule is there.
    case nobody
    /// Whoever was responsible has gone.
    case handedOver = "handed_over"
    /// So it was said where the card came from.
    case imported
  }

  let user: Int64?
  let way: Way
  private var details: JSONObject = [:]

  init(_ user: Int64?, _ way: Way) {
    self.user = user
    self.way = way
  }

  /// Whom an import says.
  init(_ user: Int64?, import number: Int64) {
    self.init(user, .imported)
    details["import"] = .integer(number)
  }

  /// Whom a rule chooses; where it finds nobody, whoever was responsible before.
  init(
    _ choice: AssignmentChoice, by rule: AssignmentRule, stage: Int64?, pipeline: Int64,
    insteadOfNobody present: Int64? = nil
  ) {
    user = choice.user ?? present
    way = .rule
    if choice.user == nil, present != nil { details["kept"] = true }
    details["rule"] = rule.json
    if let stage { details["stage"] = .integer(stage) }
    details["pipeline"] = .integer(pipeline)
    guard !choice.skipped.isEmpty else { return }
    details["skipped"] = .array(
      choice.skipped.map {
        .object(["user": .integer($0.user), "why": .string($0.why.rawValue)])
      })
  }

  /// The member of the history's details under which it is kept.
  static let member = "assignment"

  /// What is kept of it.
  var told: JSON {
    [
      "responsible": user.map { .integer($0) } ?? .null, "way": .string(way.rawValue),
      "details": .object(details),
    ]
  }
}

extension Pipeline {
  /// Whether any of its stages demands that somebody is responsible.
  var demandsResponsible: Bool {
    let key = CardField.responsible.rawValue
    return stages.contains { $0.required.contains { $0.alternatives.contains(key) } }
  }
}
