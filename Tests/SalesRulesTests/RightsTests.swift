internal import SalesRules
internal import Testing

/// Who may do what, told by examples: the first line, senior teams, a lead, a contractor.
@Suite struct RightsTests {
  /// 1 is the office above 2 and 3; 5 leads 2 without being a member of it.
  private static let teams = [
    Team(id: 1, members: [50], leads: [50]),
    Team(id: 2, parent: 1, members: [10, 11], leads: [5]),
    Team(id: 3, parent: 1, members: [11, 12], leads: [12]),
    Team(id: 4, parent: 2, members: [13]),
  ]

  @Test func `Owners and admins hold everything everywhere, the deactivated nothing`() {
    for role in [TenantRole.owner, .admin] {
      let rights = rights(1, role: role, [])
      #expect(rights.actions(on: card(of: nil)) == Set(Action.allCases))
      #expect(rights.actions(onPipeline: 99) == Set(Action.allCases))
      let gone = Rights(person: Person(id: 1, role: role, isActive: false), grants: [], teams: [])
      #expect(gone.actions(on: card(of: 1)).isEmpty && gone.actions(onPipeline: 1).isEmpty)
      #expect(
        gone.explain(.view, on: card(of: 1)) == .denied(because: .inactive, wouldNeed: .reactivate))
    }
    let everyone = grant(1, .everyone, Set(Action.allCases), .all)
    let gone = Rights(
      person: Person(id: 1, role: .member, isActive: false), grants: [everyone], teams: [])
    #expect(gone.actions(on: card(of: 1)).isEmpty)
  }

  @Test func `A member without grants holds nothing`() {
    let rights = rights(10, [])
    #expect(rights.actions(on: card(of: 10)).isEmpty && rights.actions(onPipeline: 1).isEmpty)
  }

  @Test(
    arguments: [
      (CardScope.own, [10: true, 11: false, 12: false, 13: false, 50: false]),
      (.team, [10: true, 11: true, 12: false, 13: false, 50: false]),
      (.subteams, [10: true, 11: true, 12: false, 13: true, 50: false]),
      (.all, [10: true, 11: true, 12: true, 13: true, 50: true]),
    ] as [(CardScope, [Int64: Bool])])
  func `A scope reaches the cards of those it names`(
    _ scope: CardScope, _ reached: [Int64: Bool]
  ) {
    for recipient in [GrantRecipient.team(2), .user(10), .everyone] {
      let rights = rights(10, [grant(1, recipient, [.view], scope)])
      for (responsible, isReached) in reached {
        #expect(
          rights.allows(.view, on: card(of: responsible)) == isReached,
          "\(recipient) \(responsible)")
      }
      // A card that is nobody's counts under all only.
      #expect(rights.allows(.view, on: card(of: nil)) == (scope == .all))
    }
  }

  @Test func `A lead sees the team's cards without being a member of it`() {
    let lead = rights(5, [grant(1, .team(2), [.view], .team)])
    #expect(lead.allows(.view, on: card(of: 10)))
    #expect(!lead.allows(.view, on: card(of: 5)))
    let below = rights(5, [grant(1, .team(2), [.view], .subteams)])
    #expect(below.allows(.view, on: card(of: 13)) && !below.allows(.view, on: card(of: 12)))
    // A grant to a team is not one to the teams below.
    #expect(!rights(13, [grant(1, .team(2), [.view], .all)]).allows(.view, on: card(of: 10)))
  }

  @Test func `Under a grant to everyone the team is each one's own`() {
    let grants = [grant(1, .everyone, [.view], .team)]
    #expect(rights(11, grants).allows(.view, on: card(of: 12)))
    #expect(!rights(10, grants).allows(.view, on: card(of: 12)))
    #expect(!rights(99, grants).allows(.view, on: card(of: 99)))
  }

  @Test func `Grants add up action by action, pipelines stay apart`() {
    let rights = rights(
      10,
      [
        grant(1, .user(10), [.view, .edit], .own), grant(2, .team(2), [.view], .team),
        grant(3, .everyone, [.view, .close], .all, outcome: .lost),
        grant(4, .everyone, Set(Action.allCases), .all, pipeline: 2),
      ])
    #expect(rights.actions(on: card(of: 10)) == [.view, .edit])
    #expect(rights.actions(on: card(of: 11)) == [.view])
    #expect(rights.actions(on: card(of: 12)).isEmpty)
    #expect(rights.actions(on: card(of: 12, .lost)) == [.view, .close])
    #expect(rights.actions(on: card(of: 10, .lost)) == [.view, .edit, .close])
    #expect(rights.actions(onPipeline: 1) == [.view, .edit, .close])
    #expect(rights.actions(onPipeline: 3).isEmpty)
  }

  @Test func `Without sight of a card nothing can be done with it`() {
    let rights = rights(10, [grant(1, .user(10), [.edit, .close, .create, .configure], .all)])
    #expect(rights.actions(on: card(of: 10)) == [.create, .configure])
    guard case .denied(.notVisible, _) = rights.explain(.edit, on: card(of: 10)) else {
      return #expect(Bool(false))
    }
  }

  @Test func `Creating and configuring are limited neither by cards nor by outcome`() {
    let rights = rights(10, [grant(1, .user(10), [.create], .own, outcome: .lost)])
    #expect(rights.allows(.create, on: card(of: 12)))
    #expect(rights.actions(onPipeline: 1) == [.create])
  }

  @Test(arguments: [
    (OutcomeScope.any, [true, true, true]), (.open, [true, false, false]),
    (.won, [false, true, false]), (.lost, [false, false, true]),
  ])
  func `A contractor sees the cards of one outcome and no other`(
    _ scope: OutcomeScope, _ seen: [Bool]
  ) {
    let rights = rights(70, [grant(1, .user(70), [.view], .all, outcome: scope)])
    #expect(Outcome.allCases.map { rights.allows(.view, on: card(of: 10, $0)) } == seen)
  }

  @Test func `Handing over takes close here and create there`() {
    let here = grant(1, .user(10), [.view, .close], .own)
    let there = grant(2, .user(10), [.create], .own, pipeline: 2)
    #expect(rights(10, [here, there]).allowsHandover(of: card(of: 10), to: 2))
    #expect(!rights(10, [here]).allowsHandover(of: card(of: 10), to: 2))
    #expect(!rights(10, [there]).allowsHandover(of: card(of: 10), to: 2))
    #expect(!rights(10, [here, there]).allowsHandover(of: card(of: 11), to: 2))
  }

  @Test func `It is told why and by what`() {
    let own = grant(3, .user(10), [.view, .edit], .own)
    let team = grant(1, .team(2), [.view], .team, outcome: .open)
    let rights = rights(10, [own, team])
    #expect(rights.explain(.view, on: card(of: 10)) == .allowed(by: .grants([team, own])))
    #expect(rights.explain(.edit, on: card(of: 10)) == .allowed(by: .grants([own])))
    #expect(denial(rights.explain(.close, on: card(of: 10))) == .actionNotGranted)
    #expect(denial(rights.explain(.edit, on: card(of: 11))) == .notTheirCard)
    #expect(denial(rights.explain(.view, on: card(of: 11, .won))) == .otherOutcome)
    #expect(
      denial(
        rights.explain(
          .view, on: RightsCard(pipeline: 9, stage: 91, responsible: 10, outcome: .open)))
        == .noGrantOnPipeline)
    #expect(rights.explain(card(of: 10)).count == Action.allCases.count)
    let owner = self.rights(1, role: .owner, [])
    #expect(owner.explain(.delete, on: card(of: nil)) == .allowed(by: .role(.owner)))
  }

  @Test func `A tree that is no tree ends the walk`() {
    let teams = [
      Team(id: 1, parent: 2, members: [1]), Team(id: 2, parent: 1, members: [2]),
      Team(id: 3, parent: 3, members: [3]), Team(id: 4, parent: 99, members: [4]),
    ]
    let all = Teams(teams)
    #expect(all.withSubteams([1]) == [1, 2] && all.withSubteams([3]) == [3])
    #expect(all.withSubteams([99]) == [99, 4] && all.members(of: [99]).isEmpty)
  }

  private func rights(_ person: Int64, role: TenantRole = .member, _ grants: [Grant]) -> Rights {
    Rights(person: Person(id: person, role: role), grants: grants, teams: Self.teams)
  }

  private func grant(
    _ id: Int64, _ recipient: GrantRecipient, _ actions: Set<Action>, _ cards: CardScope,
    outcome: OutcomeScope = .any, pipeline: Int64 = 1
  ) -> Grant {
    Grant(
      id: id, pipeline: pipeline, recipient: recipient, actions: actions, cards: cards,
      outcome: outcome)
  }

  private func card(of responsible: Int64?, _ outcome: Outcome = .open) -> RightsCard {
    RightsCard(pipeline: 1, stage: 11, responsible: responsible, outcome: outcome)
  }

  private func denial(_ explanation: RightsExplanation) -> RightsDenial? {
    if case .denied(let denial, _) = explanation { denial } else { nil }
  }
}
