internal import JSON

/// In which scopes an action is held, in few words: `own + all lost`.
enum ScopeText {
  static func line(_ scopes: JSON?) -> String {
    (scopes?.array ?? []).map { scope in
      if scope["leading"]?.bool == true { return "led" }
      guard let cards = scope["cards"]?.string else { return "yes" }
      var words = [cards]
      if let outcome = scope["outcome"]?.string, outcome != "any" { words.append(outcome) }
      if let stages = scope["stages"]?.array {
        words.append("in " + stages.map(CellText.exact).joined(separator: ","))
      }
      return words.joined(separator: " ")
    }.joined(separator: " + ")
  }
}
