/// A person's standing in their company.
public enum TenantRole: String, CaseIterable, Hashable, Sendable {
  /// Holds every right; the last one can't be removed.
  case owner
  /// Holds every right on every pipeline and sets the company up.
  case admin
  /// Holds what grants give, and no more.
  case member

  /// Owners and admins hold every right on every pipeline of their company, without a grant.
  public var holdsEverything: Bool {
    self != .member
  }

  /// Whether it stands above another role.
  public func outranks(_ other: TenantRole) -> Bool {
    rank > other.rank
  }

  private var rank: Int {
    switch self {
    case .owner: 2
    case .admin: 1
    case .member: 0
    }
  }
}
