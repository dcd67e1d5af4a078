/// A reason that a template proposes, in one language.
public struct LocalizedReason: Hashable, Sendable {
  /// The list it is for.
  public let kind: ReasonKind
  /// The reason.
  public let name: String
  /// Which kind of loss it is; nil in the other lists.
  public let lossKind: LossKind?
}

extension ReasonTemplate {
  /// The reason in this language.
  public func localized(_ language: Language) -> LocalizedReason {
    LocalizedReason(kind: kind, name: name[language], lossKind: lossKind)
  }
}
