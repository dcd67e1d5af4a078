/// A person of the company as the rules on rights see them.
public struct Person: Hashable, Sendable {
  /// The user's id within the company.
  public var id: Int64
  /// Their standing in the company.
  public var role: TenantRole
  /// A deactivated person holds nothing, whatever grants say.
  public var isActive: Bool

  /// Makes a person from their parts.
  public init(id: Int64, role: TenantRole, isActive: Bool = true) {
    self.id = id
    self.role = role
    self.isActive = isActive
  }
}
