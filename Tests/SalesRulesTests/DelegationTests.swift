internal import SalesRules
internal import Testing

/// What a lead may give: to whom they lead, and no more than they hold themselves.
@Suite struct DelegationTests {
  /// 1 leads team 1 and belongs to team 9; 2 is below 1; 10 and 11 are of team 1, 20 of team 2.
  private static let teams = [
    Team(id: 1, members: [1, 10, 11], leads: [1]), Team(id: 2, parent: 1, members: [20]),
    Team(id: 3, parent: 1), Team(id: 9, members: [1, 90]),
  ]
  private static let stages: [Int64: Outcome] = [11: .open, 12: .open, 13: .won, 14: .lost]

  /// What the lead holds in most tests: everything but delete, of the teams' cards.
  private static let held = Grant(
    id: 1, pipeline: 1, recipient: .team(1), actions: [.view, .edit, .create], cards: .subteams)

  @Test func `A lead gives to the teams led, those below and their people, and to nobody else`() {
    for recipient in [GrantRecipient.team(1), .team(2), .team(3), .user(10), .user(20), .user(1)] {
      #expect(problem(giving: grant(recipient, [.view], .own)) == nil, "\(recipient)")
    }
    for recipient in [GrantRecipient.team(9), .user(90), .user(77), .team(77), .everyone] {
      #expect(problem(giving: grant(recipient, [.view], .own)) == .notLed, "\(recipient)")
    }
    let gone = Delegation(
      lead: Person(id: 1, role: .member, isActive: false), grants: [Self.held], teams: Self.teams)
    #expect(
      gone.problem(giving: grant(.user(10), [.view], .own), replacing: nil, stages: Self.stages)
        == .notLed)
  }

  @Test func `What the lead lacks can't be given: actions, cards, outcomes, stages, pipelines`() {
    #expect(problem(giving: grant(.team(1), [.view, .delete], .own)) == .exceeds(.delete))
    #expect(problem(giving: grant(.team(1), [.view], .all)) == .exceeds(.view))
    #expect(problem(giving: grant(.team(1), [.view], .subteams)) == nil)
    #expect(problem(giving: grant(.team(1), [.view], .own, pipeline: 2)) == .exceeds(.view))
    #expect(problem(giving: grant(.team(1), [.configure], .own)) == .exceeds(.configure))
    #expect(problem(giving: grant(.team(1), [.create], .all)) == nil)

    var lost = Self.held
    lost.outcome = .lost
    #expect(problem(giving: grant(.team(1), [.view], .own), holding: [lost]) == .exceeds(.view))
    #expect(
      problem(giving: grant(.team(1), [.view], .own, outcome: .lost), holding: [lost]) == nil)

    var narrowed = Self.held
    narrowed.stages = [11, 12, 13, 14]
    #expect(
      problem(giving: grant(.team(1), [.view], .own, stages: [11]), holding: [narrowed]) == nil)
    // All that there are today are not all that there may be.
    #expect(problem(giving: grant(.team(1), [.view], .own), holding: [narrowed]) == .exceeds(.view))
  }

  @Test func `Own cards do not make others' cards one's own to give`() {
    let own = grant(.user(1), [.view], .own)
    #expect(problem(giving: grant(.user(10), [.view], .own), holding: [own]) == .exceeds(.view))
    #expect(problem(giving: grant(.user(1), [.view], .own), holding: [own]) == nil)
    let everyones = grant(.everyone, [.view], .own)
    #expect(
      problem(giving: grant(.team(1), [.view], .own), holding: [everyones]) == .exceeds(.view))
  }

  @Test func `An empty team is no way round, nor is a person's other team`() {
    // Nobody is in team 3; the lead holds the cards of team 1's members alone.
    let team = grant(.team(1), [.view], .team)
    #expect(problem(giving: grant(.team(3), [.view], .own), holding: [team]) == .exceeds(.view))
    #expect(problem(giving: grant(.team(3), [.view], .all), holding: [team]) == .exceeds(.view))
    // Under a grant to a person the team is any of theirs: 1 is of team 9, too.
    #expect(problem(giving: grant(.user(1), [.view], .team)) == .exceeds(.view))
    #expect(problem(giving: grant(.user(10), [.view], .team)) == nil)
  }

  @Test func `What can't be viewed is not held, and what leading brings is not passed on`() {
    let blind = grant(.user(1), [.edit], .all)
    let seeing = grant(.team(1), [.view], .team)
    let both = [blind, seeing]
    #expect(problem(giving: grant(.team(1), [.edit], .all), holding: both) == .exceeds(.edit))
    #expect(problem(giving: grant(.team(1), [.edit], .team), holding: both) == nil)
    #expect(problem(giving: grant(.team(1), [.assign], .own), holding: both) == .exceeds(.assign))
  }

  @Test func `What is there may be kept and narrowed, and widened again within what is held alone`()
  {
    let wide = grant(.user(10), Set(Action.allCases), .all)
    let held = [Self.held, wide]
    for narrower in [
      grant(.user(10), [.view, .delete], .all), grant(.user(10), [.view, .delete], .own),
      grant(.user(10), [.delete], .all, outcome: .lost),
      grant(.user(10), [.delete], .all, stages: [12]), wide,
    ] {
      #expect(problem(giving: narrower, replacing: wide, holding: held) == nil, "\(narrower)")
    }
    let narrow = grant(.user(10), [.view, .delete], .all, outcome: .lost)
    let after = [Self.held, narrow]
    #expect(problem(giving: wide, replacing: narrow, holding: after) == .exceeds(.view))
    #expect(
      problem(
        giving: grant(.user(10), [.view, .delete], .own), replacing: narrow, holding: after)
        == .exceeds(.delete))
    #expect(
      problem(giving: grant(.user(10), [.view, .edit], .own), replacing: narrow, holding: after)
        == nil)
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `Whatever leads give, nobody lifts themselves by it`(
    seed: UInt64
  ) {
    var random = SeededGenerator(seed: seed)
    let people: [Int64] = [1, 2, 3, 4, 5]
    var teams: [Team] = []
    for id in 1...4 as ClosedRange<Int64> {
      var team = Team(id: id, parent: id > 1 && Bool.random(using: &random) ? id - 1 : nil)
      team.members = Set(people.filter { _ in Bool.random(using: &random) })
      team.leads = Set(team.members.sorted().prefix(1))
      teams.append(team)
    }
    func anyGrant(_ id: Int64, to recipients: [GrantRecipient]) -> Grant {
      Grant(
        id: id, pipeline: 1, recipient: recipients.randomElement(using: &random) ?? .team(1),
        actions: Set(Action.allCases.filter { _ in Bool.random(using: &random) }),
        cards: CardScope.allCases.randomElement(using: &random) ?? .own,
        outcome: OutcomeScope.allCases.randomElement(using: &random) ?? .any,
        stages: Bool.random(using: &random) ? nil : [11, 14])
    }
    let recipients = people.map { GrantRecipient.user($0) } + (1...4).map { .team($0) }
    var grants: [Grant] = []
    for id in 1...3 as ClosedRange<Int64> {
      let grant = anyGrant(id, to: recipients)
      grants.removeAll { $0.recipient == grant.recipient }
      grants.append(grant)
    }
    let places = Self.stages.flatMap { stage, outcome in
      (people.map { Int64?.some($0) } + [nil]).map {
        RightsCard(pipeline: 1, stage: stage, responsible: $0, outcome: outcome)
      }
    }
    var given = 0
    for round in 0..<300 {
      guard let lead = people.randomElement(using: &random) else { continue }
      let grant = anyGrant(Int64(100 + round), to: recipients)
      let delegation = Delegation(
        lead: Person(id: lead, role: .member), grants: grants, teams: teams)
      let present = grants.first { $0.recipient == grant.recipient }
      let own = Rights(person: Person(id: lead, role: .member), grants: grants, teams: teams)
      guard
        delegation.problem(giving: grant, replacing: present, stages: Self.stages) == nil
      else { continue }
      given += 1
      grants.removeAll { $0.recipient == grant.recipient }
      grants.append(grant)
      let now = Rights(person: Person(id: lead, role: .member), grants: grants, teams: teams)
      for card in places {
        #expect(now.actions(on: card).isSubset(of: own.actions(on: card)))
      }
    }
    #expect(given > 0)
  }

  private func problem(
    giving grant: Grant, replacing present: Grant? = nil, holding grants: [Grant]? = nil
  ) -> Delegation.Problem? {
    Delegation(
      lead: Person(id: 1, role: .member), grants: grants ?? [Self.held], teams: Self.teams
    ).problem(giving: grant, replacing: present, stages: Self.stages)
  }

  private func grant(
    _ recipient: GrantRecipient, _ actions: Set<Action>, _ cards: CardScope,
    outcome: OutcomeScope = .any, stages: Set<Int64>? = nil, pipeline: Int64 = 1
  ) -> Grant {
    Grant(
      id: 5, pipeline: pipeline, recipient: recipient, actions: actions, cards: cards,
      outcome: outcome, stages: stages)
  }
}
