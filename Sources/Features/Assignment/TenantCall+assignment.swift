internal import JSONRPC
internal import Postgres
internal import SalesRules

extension TenantCall {
  /// Who becomes responsible for a new card: whoever was named, whom the stage's rule chooses, the caller
  /// where they may view the pipeline, whom the pipeline's rule chooses, nobody.
  func responsible(
    named: Int64?, newCardAt place: RightsCard, in pipeline: Pipeline
  ) async throws -> Responsible {
    if let named { return Responsible(named, .named) }
    var place = place
    place.responsible = nil
    if let chosen = try await responsibleOnEntry(at: place, in: pipeline) { return chosen }
    if let own = standing.usual(in: pipeline) { return Responsible(own, .own) }
    return try await responsible(byRuleOf: pipeline, at: place) ?? Responsible(nil, .nobody)
  }

  /// Who becomes responsible for a card that is handed over: the rules of the receiving pipeline come before
  /// the one who hands over (S1: one of the team that answers for the direction).
  func responsible(
    handedOverTo pipeline: Pipeline, at place: RightsCard
  ) async throws -> Responsible {
    var place = place
    place.responsible = nil
    if let chosen = try await responsibleOnEntry(at: place, in: pipeline) { return chosen }
    if let chosen = try await responsible(byRuleOf: pipeline, at: place) { return chosen }
    guard let own = standing.usual(in: pipeline) else { return Responsible(nil, .nobody) }
    return Responsible(own, .own)
  }

  /// Who becomes responsible for a card that comes over from another pipeline; nil for whoever it is, where no
  /// rule of the stage says otherwise and they see it there.
  func responsible(
    comingOverAt place: RightsCard, in pipeline: Pipeline
  ) async throws -> Responsible? {
    let chosen = try await responsibleOnEntry(at: place, in: pipeline)
    var place = place
    place.responsible = chosen?.user ?? place.responsible
    guard let user = place.responsible else {
      if let chosen { return chosen }
      return try await responsible(byRuleOf: pipeline, at: place)
    }
    if let standing = try await standing(of: user), standing.isActive, standing.sees(place) {
      return chosen
    }
    return try await responsible(handedOverTo: pipeline, at: place)
  }

  private func responsible(
    byRuleOf pipeline: Pipeline, at place: RightsCard
  ) async throws -> Responsible? {
    guard pipeline.responsibleRule != .keep else { return nil }
    return Responsible(
      try await choose(by: pipeline.responsibleRule, at: place), by: pipeline.responsibleRule,
      stage: nil, pipeline: pipeline.id)
  }

  /// Whom the rule of the stage chooses that is entered; nil where it has none. Where it finds nobody, whoever
  /// is responsible at present stays it.
  func responsibleOnEntry(
    at place: RightsCard, in pipeline: Pipeline
  ) async throws -> Responsible? {
    guard let stage = pipeline.stage(place.stage), stage.responsibleRule != .keep else {
      return nil
    }
    return Responsible(
      try await choose(by: stage.responsibleRule, at: place), by: stage.responsibleRule,
      stage: stage.id, pipeline: pipeline.id, insteadOfNobody: place.responsible)
  }

  /// Chooses by a rule for a card that will stand there; whoever has it already is not chosen while
  /// somebody else could be. A turn is taken with the decision, in its transaction.
  func choose(
    by rule: AssignmentRule, at place: RightsCard, besides present: Int64? = nil
  ) async throws -> AssignmentChoice {
    if case .roundRobin(let team) = rule {
      return try await takeTurn(rule, of: team, at: place, besides: present)
    }
    var (rotation, random) = (Rotation(), SystemRandomNumberGenerator())
    return AssignmentChoice.choose(
      by: rule.way, among: try await candidates(rule, at: place), rotation: &rotation,
      using: &random)
  }

  /// One after another within this server, from here until the decision is written; between servers the row's
  /// version tells, and whoever comes second decides anew.
  private func takeTurn(
    _ rule: AssignmentRule, of team: Int64, at place: RightsCard, besides present: Int64?
  ) async throws -> AssignmentChoice {
    let name = "\(tenant) \(place.pipeline) \(team)"
    if let taken = takenTurn, taken.name == name { return taken.choice }
    // Never two at once: who holds one and waits for another might wait for ever.
    passTurn()
    try await services.rotations.wait(for: name)
    do {
      let taken = try await nextTurn(rule, of: team, at: place, besides: present, named: name)
      // Where nobody is left nothing is written.
      if taken.choice.user == nil { services.rotations.pass(name) } else { take(taken) }
      return taken.choice
    } catch {
      services.rotations.pass(name)
      throw error
    }
  }

  private func nextTurn(
    _ rule: AssignmentRule, of team: Int64, at place: RightsCard, besides present: Int64?,
    named name: String
  ) async throws -> TakenTurn {
    let all = try await candidates(rule, at: place)
    let others = all.filter { $0.user != present }
    let people = others.contains { $0.hindrance == nil } ? others : all
    let key: [Parameter] = [tenantParameter, .integer(place.pipeline), .integer(team)]
    let row = try await readAsServer(AssignmentStatements.rotation.bind(key))[0].first
    var (rotation, random) = (Rotation(try row?.integers(1) ?? []), SystemRandomNumberGenerator())
    let choice = AssignmentChoice.choose(
      by: rule.way, among: people, rotation: &rotation, using: &random)
    let turn = AssignmentStatements.takeTurn.bind(
      key + [.integer(try row?.integer(0) ?? 0), .integers(rotation.people)])
    return TakenTurn(name, choice, writing: turn, isDoorOpen: standing.holdsEverything)
  }

  /// Those who could be chosen. They are looked up for the company, whatever the caller may see.
  func candidates(
    _ rule: AssignmentRule, at place: RightsCard
  ) async throws -> [AssignmentCandidate] {
    let rows = try await readAsServer(
      AssignmentStatements.candidates(
        tenantParameter, .integer(rule.team), .integer(rule.user), .timestamp(now),
        .integer(place.pipeline), .bool(rule.way == .leastLoaded)))
    var people: [AssignmentCandidate] = []
    for row in rows[0] {
      let user = try row.integer(0)
      var own = place
      own.responsible = user
      people.append(
        AssignmentCandidate(
          user: user, isActive: try row.bool(1), isAbsent: try row.bool(2),
          seesCard: try await standing(of: user)?.sees(own) ?? false,
          openCards: Int(try row.integer(3))))
    }
    return people
  }
}
