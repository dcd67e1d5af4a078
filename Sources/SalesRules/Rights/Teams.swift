/// The company's teams and the questions that rights ask of their tree.
public struct Teams: Hashable, Sendable {
  private let teams: [Int64: Team]

  /// Takes the teams; of two with one id the later counts.
  public init(_ teams: [Team]) {
    self.teams = Dictionary(teams.map { ($0.id, $0) }) { $1 }
  }

  /// The teams in which the person is a member or a lead.
  public func belongedOrLed(by user: Int64) -> Set<Int64> {
    Set(teams.values.filter { $0.members.contains(user) || $0.leads.contains(user) }.map(\.id))
  }

  /// The teams that the person leads, and all below them.
  public func led(by user: Int64) -> Set<Int64> {
    withSubteams(Set(teams.values.filter { $0.leads.contains(user) }.map(\.id)))
  }

  /// The members of these teams themselves; leads who are not members do not count.
  public func members(of ids: Set<Int64>) -> Set<Int64> {
    ids.reduce(into: []) { $0.formUnion(teams[$1]?.members ?? []) }
  }

  /// These teams and all below them. A cycle, which a tree never has, ends the walk and not the server.
  public func withSubteams(_ ids: Set<Int64>) -> Set<Int64> {
    var found = ids
    var frontier = ids
    while !frontier.isEmpty {
      let below = teams.values.filter { team in team.parent.map(frontier.contains) ?? false }
      frontier = Set(below.map(\.id)).subtracting(found)
      found.formUnion(frontier)
    }
    return found
  }
}
