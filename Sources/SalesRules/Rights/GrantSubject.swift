/// The kind of whom a grant is given to; ``GrantRecipient`` says exactly whom.
public enum GrantSubject: String, CaseIterable, Hashable, Sendable {
  /// One person.
  case user
  /// Those who belong to a team or lead it.
  case team
  /// Every person of the company.
  case everyone
}
