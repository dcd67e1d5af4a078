/// A phone number as E.164 writes it, read from the many ways in which people write it.
public struct PhoneNumber: Hashable, Sendable {
  /// The number: a plus and 8 to 15 digits, `+79161234567`.
  public let e164: String
  /// The extension behind it, up to six digits; nil for none.
  public let `extension`: String?

  /// Reads one number: `8 (916) 123-45-67`, `+7 916 …`, `007 916 …`, `916 123 45 67`, `tel:+44…`,
  /// `8 (495) 123-45-67 доб. 12`; in North America `(212) 555-0142`, `1 212 …`, `011 44 …`. Nil for what
  /// is not one number, or has too few digits to be dialled from anywhere.
  public init?(_ text: String, home: HomeCountry) {
    let (head, tail) = Self.parted(text)
    guard let digits = Self.digits(head), let behind = Self.extensionDigits(tail) else {
      return nil
    }
    let isInternational = head.contains("+")
    guard
      let whole = Self.international(digits, isInternational: isInternational, home: home),
      Self.isDialable(whole)
    else { return nil }
    e164 = "+\(whole)"
    `extension` = behind.isEmpty ? nil : behind
  }

  /// Reads one that is kept: see ``kept(as:)``.
  public init?(kept text: String) {
    self.init(text, home: .russia)
  }

  /// How it is kept where somebody wrote it so: as it was written, if it is read again as the same number
  /// whatever becomes of the company's home; else with its country's code.
  public func kept(as text: String) -> String {
    if PhoneNumber(kept: text) == self { return text }
    let written = text.trimmingPrefix(while: \.isWhitespace)
    let withCode = "+\(e164.dropFirst().prefix(1)) \(written)"
    return PhoneNumber(kept: withCode) == self
      ? withCode : e164 + (self.extension.map { " ext. \($0)" } ?? "")
  }

  /// What is wrong with the text as a phone number; nil if nothing is.
  public static func problem(in text: String, home: HomeCountry) -> ValueProblem? {
    guard PhoneNumber(text, home: home) == nil else { return nil }
    return ValueProblem("form", "Give \(home.request).")
  }

  /// The digits from the country's code on; nil where that is missing.
  private static func international(
    _ digits: String, isInternational: Bool, home: HomeCountry
  ) -> String? {
    if digits.hasPrefix("00") { return String(digits.dropFirst(2)) }
    switch home {
    case .russia:
      if digits.hasPrefix("810"), digits.count > 11 { return String(digits.dropFirst(3)) }
      if digits.count == 11, digits.hasPrefix(isInternational ? "89" : "8") {
        // No country has the code 89: a plus before an eight is a slip of the hand.
        return "7" + digits.dropFirst()
      }
      if digits.count == 10, !isInternational { return "7" + digits }
    case .northAmerica where !isInternational:
      if digits.hasPrefix("011") { return String(digits.dropFirst(3)) }
      if digits.count == 10 { return "1" + digits }
    case .northAmerica, .none: break
    }
    return isInternational || digits.count >= 11 ? digits : nil
  }

  /// Eight to fifteen digits, no zero in front, and no code of 89 or 810, which no country has; +7 has ten more, the first of them one in use; +1 has ten
  /// more, the area's three and the exchange's three beginning with 2 to 9.
  private static func isDialable(_ digits: String) -> Bool {
    guard (8...15).contains(digits.count),
      !["0", "89", "810"].contains(where: digits.hasPrefix)
    else { return false }
    let national = Array(digits.dropFirst())
    if digits.hasPrefix("7") { return digits.count == 11 && "346789".contains(national[0]) }
    guard digits.hasPrefix("1") else { return true }
    let first = "2"..."9" as ClosedRange<Character>
    return digits.count == 11 && first.contains(national[0]) && first.contains(national[3])
  }

  /// The number and what stands behind the sign of an extension.
  private static func parted(_ text: String) -> (head: String, tail: String) {
    var rest = text.lowercased()[...]
    while rest.first?.isWhitespace ?? false { rest.removeFirst() }
    if rest.hasPrefix("tel:") { rest.removeFirst(4) }
    let isPart = { (character: Character) in
      character.isLetter || character == "#" || character == "," || character == ";"
    }
    guard let border = rest.firstIndex(where: isPart) else { return (String(rest), "") }
    return (String(rest[..<border]), String(rest[border...]))
  }

  /// The digits of a number written with spaces, brackets, hyphens, dots, slashes and tildes; nil where anything
  /// else stands between them, or a plus that is not the first sign.
  private static func digits(_ head: String) -> String? {
    var digits = ""
    var hasPlus = false
    // "+44 (0)20 …": the zero is dialled at home only.
    let text = head.contains("+") ? removing("(0)", from: head) : head
    for character in text {
      if let byte = character.asciiValue, isDigit(byte) {
        digits.append(character)
      } else if character == "+" && digits.isEmpty && !hasPlus {
        hasPlus = true
      } else if !character.isWhitespace && !"()-./~–—−‑".contains(character) {
        return nil
      }
    }
    return digits
  }

  private static func removing(_ part: String, from text: String) -> String {
    guard let first = part.first,
      let start = text.indices.first(where: { text[$0] == first && text[$0...].hasPrefix(part) })
    else { return text }
    return String(text[..<start] + text[start...].dropFirst(part.count))
  }

  /// The digits behind `доб.`, `вн.`, `ext`, `x`, `#`, `,` or `;ext=`; nil where it is something else,
  /// a second number for one.
  private static func extensionDigits(_ tail: String) -> String? {
    guard !tail.isEmpty else { return "" }
    let word = tail.prefix { character in !character.isNumber }
    let letters = String(word.filter(\.isLetter))
    let known = [
      "", "доб", "добавочный", "вн", "внутр", "внутренний", "ext", "extension", "x", "х",
    ]
    let rest = tail.dropFirst(word.count)
    let digits = rest.filter { !$0.isWhitespace }
    guard known.contains(letters), digits.count <= 6 else { return nil }
    guard digits.allSatisfy({ $0.asciiValue.map(isDigit) ?? false }) else { return nil }
    return String(digits)
  }
}
