/// A field of the company's own that a template proposes.
public struct FieldTemplate: Hashable, Sendable {
  /// The field's key.
  public let key: String
  /// Its name.
  public let name: LocalizedText
  /// Its type.
  public let type: FieldType
  /// The options of a choice, in their order.
  public let choices: [LocalizedText]

  init(_ key: String, _ name: LocalizedText, _ type: FieldType, choices: [LocalizedText] = []) {
    self.key = key
    self.name = name
    self.type = type
    self.choices = choices
  }
}
