/// The rule for a company's short name, which people type to log in: a label as in a host's name.
public enum Slug {
  /// What is wrong with the text as a slug; nil if nothing is.
  public static func problem(in text: String) -> ValueProblem? {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else { return ValueProblem("empty", "Give a short name.") }
    guard bytes.count <= 63 else {
      return ValueProblem("too_long", "Use at most 63 characters.")
    }
    let isMadeOfLabels = bytes.split(
      separator: UInt8(ascii: "-"), omittingEmptySubsequences: false
    ).allSatisfy { !$0.isEmpty && $0.allSatisfy(isLowerCaseOrDigit) }
    guard isMadeOfLabels else {
      return ValueProblem(
        "form", "Use small letters a to z, digits, and single hyphens between them.")
    }
    return nil
  }

  private static func isLowerCaseOrDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
  }
}
