internal import SalesRules
internal import Testing

/// The grant that `access.explain` proposes, over seeded random companies: it allows what was asked,
/// takes nothing away, touches nobody else, and nothing narrower would do.
@Suite struct NeededGrantTests {
  private struct World {
    var people: [Person]
    var teams: [Team]
    var grants: [Grant]

    /// Every card there could be.
    var cards: [RightsCard] {
      (1...2).flatMap { pipeline in
        (people.map { Int64?.some($0.id) } + [nil]).flatMap { responsible in
          // Two open stages, one won and one lost.
          [(1, Outcome.open), (2, .open), (3, .won), (4, .lost)].map {
            RightsCard(
              pipeline: Int64(pipeline), stage: Int64(pipeline) * 10 + $0.0,
              responsible: responsible, outcome: $0.1)
          }
        }
      }
    }

    func rights(of person: Person) -> Rights {
      Rights(person: person, grants: grants, teams: teams)
    }

    func giving(_ grant: Grant) -> World {
      var world = self
      world.grants.removeAll { $0.pipeline == grant.pipeline && $0.recipient == grant.recipient }
      world.grants.append(grant)
      return world
    }

    init(seed: UInt64) {
      var generator = SeededGenerator(seed: seed)
      func some<Element: Hashable>(_ elements: [Element], _ count: Int) -> Set<Element> {
        Set(
          elements.shuffled(using: &generator).prefix(Int.random(in: 0...count, using: &generator)))
      }
      people = (1...5).map { Person(id: $0, role: .member) }
      let ids = people.map(\.id)
      teams = []
      for id in 1...4 as ClosedRange<Int64> {
        let parent =
          id > 1 && Bool.random(using: &generator)
          ? Int64.random(in: 1..<id, using: &generator) : nil
        teams.append(Team(id: id, parent: parent, members: some(ids, 3), leads: some(ids, 1)))
      }
      let recipients =
        ids.map { GrantRecipient.user($0) } + (1...4).map { .team($0) } + [.everyone]
      grants = []
      for pipeline in 1...2 as ClosedRange<Int64> {
        for recipient in some(recipients, 4) {
          grants.append(
            Grant(
              id: Int64(grants.count + 1), pipeline: pipeline, recipient: recipient,
              actions: some(Action.allCases, 4),
              cards: CardScope.allCases.randomElement(using: &generator) ?? .own,
              outcome: OutcomeScope.allCases.randomElement(using: &generator) ?? .any,
              stages: Bool.random(using: &generator)
                ? nil : some((1...4).map { pipeline * 10 + $0 }, 3)))
        }
      }
    }
  }

  @Test(arguments: 0..<30 as Range<UInt64>)
  func `The proposed grant allows it, takes nothing away and is the least that does`(seed: UInt64) {
    let world = World(seed: seed)
    var generator = SeededGenerator(seed: seed)
    for person in world.people {
      let before = world.rights(of: person)
      for card in world.cards.shuffled(using: &generator).prefix(4) {
        for action in Action.allCases {
          guard case .denied(let reason, let change) = before.explain(action, on: card) else {
            #expect(before.allows(action, on: card))
            continue
          }
          #expect(!before.allows(action, on: card) && reason != .inactive)
          guard case .give(let needed) = change else { return #expect(Bool(false)) }
          check(needed, for: action, on: card, person, in: world)
        }
      }
    }
  }

  private func check(
    _ needed: NeededGrant, for action: Action, on card: RightsCard, _ person: Person,
    in world: World
  ) {
    #expect(needed.user == person.id && needed.pipeline == card.pipeline)
    let own = world.grants.first {
      $0.pipeline == card.pipeline && $0.recipient == .user(person.id)
    }
    #expect(needed.replaces == own?.id)
    #expect(serves(needed.given, action, card, person, world), "\(needed) for \(action) on \(card)")
    // Nobody else gains or loses, and no other pipeline changes.
    let after = world.giving(needed.given)
    let elsewhere = world.cards.filter { $0.pipeline != card.pipeline }
    #expect(
      elsewhere.allSatisfy {
        world.rights(of: person).actions(on: $0) == after.rights(of: person).actions(on: $0)
      })
    // Nothing narrower would do: one action less, a narrower scope, a narrower outcome.
    for less in needed.actions.subtracting(own?.actions ?? []) {
      var grant = needed.given
      grant.actions.remove(less)
      #expect(!serves(grant, action, card, person, world), "\(less) is more than is needed")
    }
    for cards in CardScope.allCases where cards < needed.cards {
      var grant = needed.given
      grant.cards = cards
      #expect(!serves(grant, action, card, person, world), "\(cards) would do")
    }
    for stage in (needed.stages ?? []).subtracting(own?.stages ?? []) {
      var grant = needed.given
      grant.stages?.remove(stage)
      #expect(!serves(grant, action, card, person, world), "stage \(stage) is more than is needed")
    }
    for outcome in OutcomeScope.allCases where outcome != needed.outcome && needed.outcome == .any {
      guard !action.concernsPipeline else { continue }
      var grant = needed.given
      grant.outcome = outcome
      #expect(!serves(grant, action, card, person, world), "\(outcome) would do")
    }
  }

  /// Whether the grant allows the action on the card, leaves the person all they had, and holds all of
  /// the grant of their own that it replaces.
  private func serves(
    _ grant: Grant, _ action: Action, _ card: RightsCard, _ person: Person, _ world: World
  ) -> Bool {
    let before = world.rights(of: person)
    let after = world.giving(grant).rights(of: person)
    guard after.allows(action, on: card) else { return false }
    let own = world.grants.first {
      $0.pipeline == grant.pipeline && $0.recipient == grant.recipient
    }
    if let own {
      // By what it says, too: what reaches nobody today may reach somebody tomorrow.
      guard grant.actions.isSuperset(of: own.actions), grant.cards >= own.cards,
        grant.stages == nil || own.stages?.isSubset(of: grant.stages ?? []) == true,
        own.outcome.union(grant.outcome) == grant.outcome
      else { return false }
      let (reached, reaches) = (reach(own, person, world), reach(grant, person, world))
      guard reached.isSubset(of: reaches) else { return false }
    }
    return world.cards.allSatisfy { before.actions(on: $0).isSubset(of: after.actions(on: $0)) }
  }

  /// The cards on which a grant holds by itself.
  private func reach(_ grant: Grant, _ person: Person, _ world: World) -> Set<RightsCard> {
    var alone = grant
    alone.actions = [.view]
    let rights = Rights(person: person, grants: [alone], teams: world.teams)
    return Set(world.cards.filter { rights.allows(.view, on: $0) })
  }
}
