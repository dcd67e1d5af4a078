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
  /// somebody else could be.
  ///
  /// A turn that was taken is kept when the request has to be decided anew.
  func choose(
    by rule: AssignmentRule, at place: RightsCard, besides present: Int64? = nil
  ) async throws -> AssignmentChoice {
    if let known = memory.choice(by: rule, at: place, of: company.version) { return known }
    let choice: AssignmentChoice
    if case .roundRobin(let team) = rule {
      // One after another within this server; between servers the row's version tells.
      choice = try await services.rotations.take("\(tenant) \(place.pipeline) \(team)") {
        try await takeTurn(rule, of: team, at: place, besides: present)
      }
    } else {
      var (rotation, random) = (Rotation(), SystemRandomNumberGenerator())
      choice = AssignmentChoice.choose(
        by: rule.way, among: try await candidates(rule, at: place), rotation: &rotation,
        using: &random)
    }
    memory.keep(choice, by: rule, at: place, of: company.version)
    return choice
  }

  private func takeTurn(
    _ rule: AssignmentRule, of team: Int64, at place: RightsCard, besides present: Int64?
  ) async throws -> AssignmentChoice {
    let all = try await candidates(rule, at: place)
    let others = all.filter { $0.user != present }
    let people = others.contains { $0.hindrance == nil } ? others : all
    let key: [Parameter] = [tenantParameter, .integer(place.pipeline), .integer(team)]
    for _ in 0..<100 {
      let row = try await readAsServer(AssignmentStatements.rotation.bind(key))[0].first
      var rotation = Rotation(try row?.integers(1) ?? [])
      var random = SystemRandomNumberGenerator()
      let choice = AssignmentChoice.choose(
        by: rule.way, among: people, rotation: &rotation, using: &random)
      guard choice.user != nil else { return choice }
      let turn = AssignmentStatements.takeTurn.bind(
        key + [.integer(try row?.integer(0) ?? 0), .integers(rotation.people)])
      do {
        let context = ContextStatements.everything(
          tenantParameter, .integer(company.version), .integer(standing.user))
        _ = try await services.places.writes.work(for: tenant) {
          try await services.writes.transaction([context, turn], onBehalfOf: tenant)
        }
        return choice
      } catch let error as PostgresError {
        // Another server has taken this turn.
        guard case .outrun = FailureKind(error) else { throw error }
      }
    }
    throw RPCError.unavailable(retryAfterMilliseconds: 200)
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
