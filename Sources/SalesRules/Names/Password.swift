/// The rule for passwords: 8 to 200 characters, no rules of composition, none of those that guessers try
/// first.
public enum Password {
  /// How many characters a password has.
  public static let length = 8...200

  /// What is wrong with the text as a password; nil if nothing is.
  /// - Parameter names: what the person and their company are called, which others know: their e-mail
  ///   address, their name, the company's slug and name.
  public static func problem(in text: String, of names: [String] = []) -> ValueProblem? {
    guard text.count >= length.lowerBound else {
      return ValueProblem("too_short", "Use at least \(length.lowerBound) characters.")
    }
    // One character can be any number of combining marks: what is hashed is bounded too.
    guard text.count <= length.upperBound, text.utf8.count <= 4 * length.upperBound else {
      return ValueProblem("too_long", "Use at most \(length.upperBound) characters.")
    }
    // One character again and again is tried as early as the listed ones.
    guard !CommonPasswords.contains(text), Set(text.lowercased()).count > 1 else {
      return ValueProblem(
        "common", "It is among the commonest passwords. Use a few words that nobody else would.")
    }
    guard !isKnown(text, from: names) else {
      return ValueProblem(
        "known", "Use something else than an address or a name, which others know.")
    }
    return nil
  }

  private static func isKnown(_ text: String, from names: [String]) -> Bool {
    let typed = bare(text)
    guard !typed.isEmpty else { return false }
    return names.contains { name in
      // Of an address also the part before the @.
      bare(name) == typed || (name.contains("@") && bare(name.prefix { $0 != "@" }) == typed)
    }
  }

  /// Its letters and digits alone, whatever their case: dots and spaces make nothing harder to guess.
  private static func bare(_ text: some StringProtocol) -> String {
    text.lowercased().filter { $0.isLetter || $0.isNumber }
  }
}
