/// Moments in cells, brought to the wire's forms: `YYYY-MM-DD`, or RFC 3339 with a zone.
enum MomentText {
  /// The wire's form; throws what is wrong with the text.
  static func wire(
    _ text: String, format: DayFormat, zone: String?
  ) throws(RowProblem) -> String {
    guard let (day, rest) = format.read(text) else {
      throw RowProblem("\"\(text)\" is no day written \(format.rawValue)")
    }
    guard !rest.isEmpty else { return day }
    guard rest.first == "T" || rest.first == " ", let (time, tail) = time(rest.dropFirst()) else {
      throw RowProblem("\"\(text)\" has something after its day that is no time")
    }
    let named = tail.trimmingSpaces()
    guard let zone = named.isEmpty ? zone : named else {
      throw RowProblem("\"\(text)\" names no time zone and the mapping gives none (zone)")
    }
    guard isZone(zone) else { throw RowProblem("\"\(zone)\" is no time zone such as +03:00") }
    return "\(day)T\(time)\(zone)"
  }

  /// `HH:MM`, with seconds and a fraction or without, as `HH:MM:SS`.
  private static func time(_ text: Substring) -> (String, Substring)? {
    let clock = text.prefix { $0.isASCIIDigit || $0 == ":" }
    let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3, parts.allSatisfy({ $0.count == 2 }) else {
      return nil
    }
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == parts.count, numbers[0] < 24, numbers[1] < 60,
      numbers.count == 2 || numbers[2] < 60
    else { return nil }
    var rest = text.dropFirst(clock.count)
    var result = clock + (parts.count == 2 ? ":00" : "")
    if rest.first == "." {
      let fraction = rest.dropFirst().prefix { $0.isASCIIDigit }
      guard !fraction.isEmpty else { return nil }
      result += "." + fraction.prefix(6)
      rest = rest.dropFirst(fraction.count + 1)
    }
    return (String(result), rest)
  }

  private static func isZone(_ text: String) -> Bool {
    if text == "Z" { return true }
    let characters = Array(text)
    return characters.count == 6 && (characters[0] == "+" || characters[0] == "-")
      && characters[3] == ":" && [1, 2, 4, 5].allSatisfy { characters[$0].isASCIIDigit }
  }
}
