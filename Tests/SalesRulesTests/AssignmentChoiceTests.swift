import SalesRules
import Testing

@Suite("Choosing who becomes responsible")
struct AssignmentChoiceTests {
  private static func people(_ random: inout SeededGenerator) -> [AssignmentCandidate] {
    (1...Int64.random(in: 1...8, using: &random)).map { user in
      AssignmentCandidate(
        user: user, isActive: Int.random(in: 0..<5, using: &random) > 0,
        isAbsent: Int.random(in: 0..<5, using: &random) == 0,
        seesCard: Int.random(in: 0..<5, using: &random) > 0,
        openCards: Int.random(in: 0...3, using: &random))
    }
  }

  @Test("The choice is one of those that the rule, told plainly, allows", arguments: 1...500)
  func reference(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    // When each had their last turn, by a plain count of turns.
    var lastTurn: [Int64: Int] = [:]
    var rotation = Rotation()
    for turn in 1...30 {
      let candidates = Self.people(&random)
      let way = AssignmentRule.Way.allCases.randomElement(using: &random) ?? .keep
      let choice = AssignmentChoice.choose(
        by: way, among: candidates.shuffled(using: &random), rotation: &rotation, using: &random)
      var fit: [AssignmentCandidate] = []
      var skipped: [Int64] = []
      for person in candidates {
        if person.isActive && !person.isAbsent && person.seesCard {
          fit.append(person)
        } else {
          skipped.append(person.user)
        }
      }
      #expect(choice.skipped.map(\.user) == skipped)
      var allowed: Set<Int64> = []
      switch way {
      case .keep: break
      case .user: allowed = Set(fit.map(\.user))
      case .roundRobin:
        let oldest = fit.map { lastTurn[$0.user] ?? 0 }.min()
        allowed = Set(fit.filter { (lastTurn[$0.user] ?? 0) == oldest }.map(\.user))
        if let user = choice.user { lastTurn[user] = turn }
      case .leastLoaded:
        for person in fit where !fit.contains(where: { $0.openCards < person.openCards }) {
          allowed.insert(person.user)
        }
      }
      #expect(choice.user.map(allowed.contains) ?? allowed.isEmpty)
    }
  }

  @Test("Taking turns is even, and whoever comes later gets one turn and not all that were missed")
  func even() {
    var (rotation, random) = (Rotation(), SeededGenerator(seed: 7))
    var counts: [Int64: Int] = [:]
    for _ in 0..<100 {
      counts[rotation.take(from: [1, 2, 3, 4], using: &random) ?? 0, default: 0] += 1
    }
    #expect(counts == [1: 25, 2: 25, 3: 25, 4: 25])
    #expect(rotation.take(from: [1, 2, 3, 4, 5], using: &random) == 5)
    #expect(rotation.take(from: [1, 2, 3, 4, 5], using: &random) != 5)
  }

  @Test("Equals are chosen by chance: each of them sometimes")
  func ties() {
    var random = SeededGenerator(seed: 11)
    let people = (1...3).map { AssignmentCandidate(user: Int64($0)) }
    for way in [AssignmentRule.Way.roundRobin, .leastLoaded] {
      var chosen: Set<Int64> = []
      for _ in 0..<100 {
        var rotation = Rotation()
        let choice = AssignmentChoice.choose(
          by: way, among: people, rotation: &rotation, using: &random)
        if let user = choice.user { chosen.insert(user) }
      }
      #expect(chosen == [1, 2, 3])
    }
  }

  @Test("A rule has a person where it names one and a team where it chooses among one")
  func parts() {
    #expect(AssignmentRule(way: .user, user: 1) == .user(1))
    #expect(AssignmentRule(way: .roundRobin, team: 2) == .roundRobin(team: 2))
    #expect(AssignmentRule(way: .leastLoaded, team: 2)?.team == 2)
    #expect(AssignmentRule(way: .keep) == .keep)
    #expect(
      AssignmentRule(way: .user) == nil && AssignmentRule(way: .user, user: 1, team: 2) == nil)
    #expect(AssignmentRule(way: .roundRobin, user: 1) == nil)
    #expect(AssignmentRule(way: .keep, team: 1) == nil)
  }
}
