internal import Postgres

/// The tree of teams that an import finds, what it adds to it, and who joins. New teams have negative
/// numbers until they are given ids: -1 the first.
struct ImportedTeams {
  struct Place: Hashable {
    let parent: Int64
    let name: String
  }

  struct Membership: Hashable {
    let team: Int64
    let user: Int64
  }

  private var teams: [Place: Int64] = [:]
  private var present: [Membership: Bool] = [:]
  /// The teams to be made, parents first.
  private(set) var made: [(name: String, parent: Int64?, isLeaf: Bool)] = []
  /// Who joins which team, and whether as its lead.
  private(set) var joined: [(key: Membership, value: Bool)] = []
  private var joinedPlaces: [Membership: Int] = [:]

  init(_ rows: Rows) throws {
    for row in rows {
      let place = Place(parent: try row.integerIfPresent(2) ?? 0, name: try row.string(1))
      teams[place] = try row.integer(0)
    }
  }

  mutating func read(memberships: Rows) throws {
    for row in memberships {
      present[Membership(team: try row.integer(0), user: try row.integer(1))] = try row.bool(2)
    }
  }

  /// Puts a person into the team of a row; whether that changes anything.
  mutating func join(_ user: Int64, _ row: PersonRow) -> Bool {
    guard !row.team.isEmpty else { return false }
    let membership = Membership(team: team(row.team), user: user)
    if let leads = present[membership], leads || !row.isLead { return false }
    present[membership] = row.isLead
    if let place = joinedPlaces[membership] {
      joined[place].value = true
    } else {
      joinedPlaces[membership] = joined.count
      joined.append((membership, row.isLead))
    }
    return true
  }

  /// The team at the end of a path, with all above it.
  private mutating func team(_ path: [String]) -> Int64 {
    var parent: Int64 = 0
    for (index, name) in path.enumerated() {
      let place = Place(parent: parent, name: name)
      if let known = teams[place] {
        parent = known
        continue
      }
      made.append((name, parent == 0 ? nil : parent, index == path.count - 1))
      teams[place] = -Int64(made.count)
      parent = -Int64(made.count)
    }
    return parent
  }
}
