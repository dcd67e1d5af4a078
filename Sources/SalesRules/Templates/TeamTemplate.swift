/// A team that a company template makes.
public struct TeamTemplate: Hashable, Sendable {
  /// Its name for programs, unique within the template.
  public let code: String
  /// Its name.
  public let name: LocalizedText
  /// What it is for.
  public let kind: TeamKind

  init(_ code: String, _ name: LocalizedText, _ kind: TeamKind) {
    self.code = code
    self.name = name
    self.kind = kind
  }
}
