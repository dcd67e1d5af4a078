/// A team as the rules on rights see it.
public struct Team: Hashable, Sendable {
  /// The team's id within its company.
  public var id: Int64
  /// The team above it, nil for a root of the tree.
  public var parent: Int64?
  /// The people whose cards count as the team's.
  public var members: Set<Int64>
  /// The people who lead it; a lead need not be a member.
  public var leads: Set<Int64>

  /// Makes a team from its parts.
  public init(id: Int64, parent: Int64? = nil, members: Set<Int64> = [], leads: Set<Int64> = []) {
    self.id = id
    self.parent = parent
    self.members = members
    self.leads = leads
  }
}
