/// A key as a terminal sends it.
public enum Key: Sendable, Hashable {
  /// A character that was typed.
  case character(Character)
  case up, down, left, right, pageUp, pageDown, home, end
  case enter, escape, backspace, tab
  /// Control-C.
  case interrupt
  /// Control-D: no more will be typed.
  case endOfInput
  /// Control-Z.
  case suspend
}

extension Key {
  /// The key as one that commands are given with: the letter that stands at the same place of a keyboard with
  /// Latin letters, whatever layout is switched on.
  var command: Key {
    guard case .character(let character) = self else { return self }
    return Self.latin[character].map { .character($0) } ?? self
  }

  /// The Russian layout by the Latin one. A question mark is one in both.
  private static let latin: [Character: Character] = Dictionary(
    uniqueKeysWithValues: zip(
      "йцукенгшщзфывапролдячсмитьЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬЮ.",
      "qwertyuiopasdfghjklzxcvbnmQWERTYUIOPASDFGHJKLZXCVBNM>/"))
}
