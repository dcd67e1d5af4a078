/// What a reason says of the comment, where it does not leave that to the company's rule for its list.
public enum CommentRule: String, CaseIterable, Hashable, Sendable {
  /// Whoever chooses the reason writes a comment.
  case required
  /// The reason says it all.
  case optional
}
