/// A key as a terminal sends it.
public enum Key: Sendable, Hashable {
  /// A character that was typed.
  case character(Character)
  case up, down, left, right, pageUp, pageDown, home, end
  case enter, escape, backspace
  /// Control-C, or the end of the input.
  case interrupt
}
