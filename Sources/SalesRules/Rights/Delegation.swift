/// What a team lead may do with grants: give, change and revoke those to the teams they lead, the teams
/// below and the people in these, as long as they give nothing that they do not hold by grants themselves.
///
/// - What is narrowed or revoked need not be held: taking away lifts nobody.
/// - What a grant adds to the one it replaces has to be held, stage by stage, and by what the grants
///   say, not by who happens to be in a team today: an empty team is no way round.
/// - A lead gives also to a team they belong to; that can't lift them, since they give what they hold.
/// - That a lead may assign the team's cards comes with leading and can't be passed on.
public struct Delegation: Sendable {
  /// Why a lead may not give a grant.
  public enum Problem: Hashable, Sendable {
    /// It is for somebody else than the lead's teams and their people.
    case notLed
    /// It would add this action, which the lead does not hold as widely.
    case exceeds(Action)
  }

  private let rights: Rights

  /// A lead with the company's grants and teams.
  public init(lead: Person, grants: [Grant], teams: [Team]) {
    rights = Rights(person: lead, grants: grants, teams: teams)
  }

  /// The teams led, and all below them.
  public var teams: Set<Int64> { rights.ledTeams }

  /// The people in them.
  public var people: Set<Int64> { rights.ledPeople }

  /// Whether grants to this recipient are the lead's to write.
  public func leads(_ recipient: GrantRecipient) -> Bool {
    guard rights.person.isActive else { return false }
    switch recipient {
    case .team(let id): return teams.contains(id)
    case .user(let id): return people.contains(id)
    case .everyone: return false
    }
  }

  /// What stands against giving this grant in the place of another.
  ///
  /// - Parameter stages: the pipeline's stages and how cards in them stand.
  public func problem(
    giving grant: Grant, replacing present: Grant?, stages: [Int64: Outcome]
  ) -> Problem? {
    guard leads(grant.recipient) else { return .notLed }
    let places = stages.map { ($0.key, $0.value) } + Outcome.allCases.map { (Self.comingStage, $0) }
    let excess = Action.allCases.first { action in
      guard grant.actions.contains(action) else { return false }
      guard !action.concernsPipeline else {
        return present?.actions.contains(action) != true
          && !rights.actions(onPipeline: grant.pipeline).contains(action)
      }
      return places.contains { stage, outcome in
        guard grant.takesIn(stage: stage, outcome) else { return false }
        var held = held(action, in: grant.pipeline, stage: stage, outcome)
        if let present, present.actions.contains(action), present.takesIn(stage: stage, outcome) {
          held = held.union(rights.reach(of: present, to: grant.recipient))
        }
        return !held.holds(rights.reach(of: grant, to: grant.recipient), in: rights.teams)
      }
    }
    return excess.map { .exceeds($0) }
  }

  /// Stands for the stages that the pipeline may get one day.
  private static let comingStage: Int64 = 0

  /// Whose cards in a stage the lead may do this with, by grants, where the cards may be viewed.
  private func held(
    _ action: Action, in pipeline: Int64, stage: Int64, _ outcome: Outcome
  ) -> CardReach {
    let reach = { (action: Action) in
      rights.grants.reduce(CardReach.nobody) { reach, grant in
        guard grant.pipeline == pipeline, grant.actions.contains(action),
          grant.takesIn(stage: stage, outcome)
        else { return reach }
        return reach.union(rights.reach(of: grant, to: rights.person.id))
      }
    }
    return reach(action).intersection(reach(.view), in: rights.teams)
  }
}

extension Rights {
  /// Whose cards a grant takes in for one of those whom it reaches.
  func reach(of grant: Grant, to user: Int64) -> CardReach {
    let named: Set<Int64>
    if case .team(let id) = grant.recipient {
      named = [id]
    } else {
      named = teams.belongedOrLed(by: user)
    }
    switch grant.cards {
    case .own: return CardReach(people: [user])
    case .team: return CardReach(teams: named)
    case .subteams: return CardReach(teams: teams.withSubteams(named))
    case .all: return CardReach(everybody: true)
    }
  }

  /// Whose cards a grant takes in for anybody whom it reaches: under a grant to a team the own cards of
  /// each are those of the team's.
  fileprivate func reach(of grant: Grant, to recipient: GrantRecipient) -> CardReach {
    switch recipient {
    case .user(let id): return reach(of: grant, to: id)
    case .team(let id):
      switch grant.cards {
      case .own, .team: return CardReach(teams: [id])
      case .subteams: return CardReach(teams: teams.withSubteams([id]))
      case .all: return CardReach(everybody: true)
      }
    case .everyone: return CardReach(everybody: true)
    }
  }
}
