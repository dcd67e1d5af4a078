/// The languages in which templates are written.
public enum Language: String, CaseIterable, Hashable, Sendable {
  /// Russian: the articles' own wording where they give one.
  case ru
  /// English.
  case en
}
