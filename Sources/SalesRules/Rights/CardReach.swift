/// Whose cards a right takes in, said as a grant says it: so that it can be told whether one right lies
/// within another also when teams change.
struct CardReach: Hashable, Sendable {
  /// Every card, also one that nobody is responsible for.
  var everybody = false
  /// The cards of the members of these teams, whoever they are.
  var teams: Set<Int64> = []
  /// The cards of these people.
  var people: Set<Int64> = []

  static let nobody = CardReach()

  func union(_ other: CardReach) -> CardReach {
    CardReach(
      everybody: everybody || other.everybody, teams: teams.union(other.teams),
      people: people.union(other.people))
  }

  /// What both take in for certain.
  func intersection(_ other: CardReach, in tree: Teams) -> CardReach {
    if everybody { return other }
    if other.everybody { return self }
    let shared = teams.intersection(other.teams)
    return CardReach(
      teams: shared,
      people: people.filter { other.takesIn($0, in: tree) }.union(
        other.people.filter { takesIn($0, in: tree) }))
  }

  /// Whether it takes in all that the other does.
  func holds(_ other: CardReach, in tree: Teams) -> Bool {
    if everybody { return true }
    return !other.everybody && other.teams.isSubset(of: teams)
      && other.people.allSatisfy { takesIn($0, in: tree) }
  }

  private func takesIn(_ person: Int64, in tree: Teams) -> Bool {
    everybody || people.contains(person) || tree.members(of: teams).contains(person)
  }
}
