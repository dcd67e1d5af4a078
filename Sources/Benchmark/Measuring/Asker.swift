/// As whom requests are made.
public enum Asker: String, Sendable, CaseIterable {
  /// A member whose rights come from a grant to a team.
  case member
  /// The company's owner, who holds every right.
  case admin
}
