/// What a right comes from.
public enum RightsSource: Hashable, Sendable {
  /// The person's standing in the company: owners and admins hold everything.
  case role(TenantRole)
  /// Every grant that gives the action on the card, by id. For actions on a card, the grants that
  /// make it visible stand under `view`. `leading` are the teams through which the person, as a lead of
  /// these or of teams above, may assign the card without a grant.
  case grants([Grant], leading: [Int64] = [])
}
