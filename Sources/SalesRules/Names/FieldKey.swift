/// The rule for the key of a field.
public enum FieldKey {
  /// What is wrong with the text as a key; nil if nothing is.
  public static func problem(in text: String) -> ValueProblem? {
    let bytes = Array(text.utf8)
    guard let first = bytes.first else { return ValueProblem("empty", "Give a key.") }
    guard bytes.count <= 63 else {
      return ValueProblem("too_long", "Use at most 63 characters.")
    }
    guard isLetter(first), bytes.allSatisfy({ isLetter($0) || isDigit($0) || $0 == underscore })
    else {
      return ValueProblem(
        "form", "Begin with a small letter a to z; use small letters, digits and underscores.")
    }
    return nil
  }

  /// The same for a company's own field, which can't take the key of a card's own value.
  public static func problem(inCustom text: String) -> ValueProblem? {
    if let problem = problem(in: text) { return problem }
    guard CardField(rawValue: text) == nil, !cardMembers.contains(text) else {
      return ValueProblem("reserved", "Choose another key: every card has a value of this name.")
    }
    return nil
  }

  /// What else a card has under a name of its own, as the protocol shows it.
  private static let cardMembers: Set<String> = [
    "id", "kind", "pipeline", "stage", "outcome", "fields", "repeat", "reason", "comment",
    "based_on",
    "created_at", "stage_entered_at", "touched_at", "closed_at", "version",
  ]

  private static let underscore = UInt8(ascii: "_")

  private static func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }
}
