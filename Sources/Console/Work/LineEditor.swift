/// A line that is being typed.
struct LineEditor: Sendable {
  /// What a key did to it.
  enum Outcome: Equatable {
    case goesOn
    case done(String)
    case givenUp
  }

  private(set) var text = ""

  mutating func press(_ key: Key) -> Outcome {
    switch key {
    case .character(let character): text.append(character)
    case .backspace: if !text.isEmpty { text.removeLast() }
    case .enter: return .done(text.trimmingSpaces())
    case .escape, .interrupt, .endOfInput: return .givenUp
    case .up, .down, .left, .right, .pageUp, .pageDown, .home, .end, .tab, .suspend: break
    }
    return .goesOn
  }
}
