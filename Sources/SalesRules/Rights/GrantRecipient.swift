/// To whom a grant is given.
public enum GrantRecipient: Hashable, Sendable {
  /// The person with this id.
  case user(Int64)
  /// Those who are members of the team with this id, or lead it; not those of the teams below.
  case team(Int64)
  /// Every active person of the company.
  case everyone

  /// The kind of recipient, as the protocol and the database name it.
  public var subject: GrantSubject {
    switch self {
    case .user: .user
    case .team: .team
    case .everyone: .everyone
    }
  }

  /// The id of the person or the team; nil for everyone.
  public var id: Int64? {
    switch self {
    case .user(let id), .team(let id): id
    case .everyone: nil
    }
  }
}
