/// A text in every language of the templates.
public struct LocalizedText: Hashable, Sendable {
  /// The Russian text.
  public let ru: String
  /// The English text.
  public let en: String

  /// Takes the text in both languages.
  public init(_ ru: String, _ en: String) {
    self.ru = ru
    self.en = en
  }

  /// The text in this language.
  public subscript(language: Language) -> String {
    switch language {
    case .ru: ru
    case .en: en
    }
  }
}
