/// What a team is for. S1 divides selling in two: fast qualification, then experienced selling.
public enum TeamKind: String, CaseIterable, Hashable, Sendable {
  /// Answers requests fast, qualifies them and passes them on.
  case firstLine = "first_line"
  /// Works qualified deals of its own direction.
  case senior
  /// Any other team: an office, a department, contractors.
  case other
}
