/// The rule for passwords: 8 to 200 characters, no rules of composition.
public enum Password {
  /// How many characters a password has.
  public static let length = 8...200

  /// What is wrong with the text as a password; nil if nothing is.
  public static func problem(in text: String) -> ValueProblem? {
    guard text.count >= length.lowerBound else {
      return ValueProblem("too_short", "Use at least \(length.lowerBound) characters.")
    }
    // One character can be any number of combining marks: what is hashed is bounded too.
    guard text.count <= length.upperBound, text.utf8.count <= 4 * length.upperBound else {
      return ValueProblem("too_long", "Use at most \(length.upperBound) characters.")
    }
    return nil
  }
}
