/// What one person may do: the rule on rights, told as plainly as it can be told.
///
/// The database enforces the same rule in SQL, compiled and fast; this is the slow, independent
/// reference that tests hold it against, and what `access.explain` speaks from.
///
/// - Owners and admins hold every action on every pipeline; a deactivated person holds none.
/// - A member holds what grants give; several grants add up, action by action.
/// - A card that may not be seen does not exist: no action on it is held without `view` on it.
/// - `create` and `configure` are done to the pipeline: `cards`, `outcome` and `stages` do not limit them.
/// - Who leads a team assigns the cards of its people, and of those in the teams below, that they may view.
public struct Rights: Sendable {
  /// The person asked about.
  public let person: Person
  let grants: [Grant]
  let teams: Teams
  /// The teams the person belongs to or leads.
  let ownTeams: Set<Int64>
  /// The teams the person leads, and all below them.
  public let ledTeams: Set<Int64>
  /// The people in them.
  public let ledPeople: Set<Int64>

  /// Takes the company's grants and teams; those that do not concern the person are left aside.
  public init(person: Person, grants: [Grant], teams: [Team]) {
    self.person = person
    self.teams = Teams(teams)
    let ownTeams = self.teams.belongedOrLed(by: person.id)
    self.ownTeams = ownTeams
    ledTeams = self.teams.led(by: person.id)
    ledPeople = self.teams.members(of: ledTeams)
    self.grants = grants.filter { grant in
      switch grant.recipient {
      case .user(let id): id == person.id
      case .team(let id): ownTeams.contains(id)
      case .everyone: true
      }
    }
  }

  /// The actions held on any card of the pipeline, or on the pipeline itself. Where it is empty, the
  /// pipeline does not exist for this person.
  public func actions(onPipeline pipeline: Int64) -> Set<Action> {
    guard person.isActive else { return [] }
    guard !person.role.holdsEverything else { return Set(Action.allCases) }
    let granted = grants.filter { $0.pipeline == pipeline }.reduce(into: Set<Action>()) {
      $0.formUnion($1.actions)
    }
    let assigns = granted.contains(.view) && !ledPeople.isEmpty
    return assigns ? granted.union([.assign]) : granted
  }

  /// The actions held on this card. Without `view` only those that concern the pipeline remain.
  public func actions(on card: RightsCard) -> Set<Action> {
    let granted = Set(Action.allCases.filter { isGranted($0, on: card) })
    return granted.contains(.view) ? granted : granted.filter(\.concernsPipeline)
  }

  /// Whether the action is held on this card.
  public func allows(_ action: Action, on card: RightsCard) -> Bool {
    actions(on: card).contains(action)
  }

  /// Whether a card may be closed here and made anew in another pipeline, as `lead.convert` and
  /// `deal.copy` do: that takes `close` on the card and `create` on the target.
  public func allowsHandover(of card: RightsCard, to pipeline: Int64) -> Bool {
    allows(.close, on: card) && actions(onPipeline: pipeline).contains(.create)
  }

  /// The grants that give the action on this card, without regard to whether the card may be seen.
  func grants(giving action: Action, on card: RightsCard) -> [Grant] {
    grants.filter { grant in
      guard grant.pipeline == card.pipeline, grant.actions.contains(action) else { return false }
      return action.concernsPipeline || covers(grant, card)
    }
  }

  func isGranted(_ action: Action, on card: RightsCard) -> Bool {
    guard person.isActive else { return false }
    return person.role.holdsEverything || !grants(giving: action, on: card).isEmpty
      || !leading(action, on: card).isEmpty
  }

  /// The teams, led by the person or below those, whose people's cards the person may assign so.
  func leading(_ action: Action, on card: RightsCard) -> [Int64] {
    guard action == .assign, let responsible = card.responsible else { return [] }
    return ledTeams.filter { teams.members(of: [$0]).contains(responsible) }.sorted()
  }

  private func covers(_ grant: Grant, _ card: RightsCard) -> Bool {
    grant.takesIn(stage: card.stage, card.outcome)
      && covers(grant.cards, for: grant.recipient, responsible: card.responsible)
  }

  /// Whether the scope of a grant to this recipient takes in cards of this responsible.
  func covers(_ scope: CardScope, for recipient: GrantRecipient, responsible: Int64?) -> Bool {
    guard scope != .all else { return true }
    guard let responsible else { return false }
    let named: Set<Int64>
    if case .team(let id) = recipient { named = [id] } else { named = ownTeams }
    switch scope {
    case .own: return responsible == person.id
    case .team: return teams.members(of: named).contains(responsible)
    case .subteams: return teams.members(of: teams.withSubteams(named)).contains(responsible)
    case .all: return true
    }
  }
}
