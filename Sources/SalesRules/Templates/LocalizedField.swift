/// A field that a template proposes, in one language.
public struct LocalizedField: Hashable, Sendable {
  /// The field's key.
  public let key: String
  /// Its name.
  public let name: String
  /// Its type.
  public let type: FieldType
  /// The options of a choice.
  public let choices: [String]
}

extension FieldTemplate {
  /// The field in this language.
  public func localized(_ language: Language) -> LocalizedField {
    LocalizedField(
      key: key, name: name[language], type: type, choices: choices.map { $0[language] })
  }
}
