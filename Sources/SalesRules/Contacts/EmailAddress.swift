/// An e-mail address, trimmed and with its domain in small letters.
public struct EmailAddress: Hashable, Sendable {
  /// The address as it is written to: the part before the @ as it was given.
  public let address: String
  /// The address as it is compared: small letters throughout. Servers that tell `Anna@` from `anna@` are
  /// not met; people who write it both ways are.
  public let comparisonKey: String

  /// Reads an address; surrounding spaces and `mailto:` are dropped. Nil for what is none.
  public init?(_ text: String) {
    let trimmed = Self.trimmed(text)
    let parts = trimmed.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, trimmed.utf8.count <= 254 else { return nil }
    guard Self.isLocalPart(parts[0]), Self.isDomain(parts[1]) else { return nil }
    address = "\(parts[0])@\(parts[1].lowercased())"
    comparisonKey = trimmed.lowercased()
  }

  /// What is wrong with the text as an e-mail address; nil if nothing is.
  public static func problem(in text: String) -> ValueProblem? {
    guard !text.allSatisfy(\.isWhitespace) else {
      return ValueProblem("empty", "Give an e-mail address.")
    }
    guard EmailAddress(text) != nil else {
      return ValueProblem("form", "Give an e-mail address such as anna@mebel.example.")
    }
    return nil
  }

  private static func trimmed(_ text: String) -> Substring {
    var rest = text[...]
    while rest.first?.isWhitespace ?? false { rest.removeFirst() }
    while rest.last?.isWhitespace ?? false { rest.removeLast() }
    return rest.lowercased().hasPrefix("mailto:") ? rest.dropFirst(7) : rest
  }

  /// Dot-separated words of letters, digits and RFC 5322's signs; letters of any script (RFC 6531).
  private static func isLocalPart(_ text: Substring) -> Bool {
    guard (1...64).contains(text.utf8.count) else { return false }
    return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { word in
      !word.isEmpty && word.allSatisfy { isLetterOrDigit($0) || "!#$%&'*+/=?^_`{|}~-".contains($0) }
    }
  }

  /// Two labels at least, of letters, digits and inner hyphens; the last is not a number.
  private static func isDomain(_ text: Substring) -> Bool {
    let labels = text.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count >= 2, labels.last?.contains(where: { !$0.isNumber }) ?? false else {
      return false
    }
    return labels.allSatisfy { label in
      (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
        && label.allSatisfy { isLetterOrDigit($0) || $0 == "-" }
    }
  }

  private static func isLetterOrDigit(_ character: Character) -> Bool {
    character.isLetter || character.isNumber
  }
}
