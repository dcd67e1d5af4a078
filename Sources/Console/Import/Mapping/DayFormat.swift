/// The ways in which days are written.
enum DayFormat: String, Sendable, CaseIterable {
  case iso = "YYYY-MM-DD"
  case russian = "DD.MM.YYYY"
  case american = "MM/DD/YYYY"
  case british = "DD/MM/YYYY"

  /// The day as `YYYY-MM-DD`, with what follows it; nil where it is no day of the calendar.
  func read(_ text: String) -> (day: String, rest: Substring)? {
    var rest = text[...]
    var parts: [Character: Int] = [:]
    for token in rawValue.split(whereSeparator: { !$0.isLetter }) {
      guard let name = token.first else { return nil }
      if !parts.isEmpty {
        guard rest.first == separator else { return nil }
        rest = rest.dropFirst()
      }
      let digits = rest.prefix { $0.isASCIIDigit }
      let fits = name == "Y" || self == .iso ? digits.count == token.count : digits.count <= 2
      guard fits, let number = Int(digits) else { return nil }
      parts[name] = number
      rest = rest.dropFirst(digits.count)
    }
    guard let year = parts["Y"], let month = parts["M"], let day = parts["D"],
      Self.exists(year: year, month: month, day: day)
    else { return nil }
    return ("\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))", rest)
  }

  private var separator: Character {
    switch self {
    case .iso: "-"
    case .russian: "."
    case .american, .british: "/"
    }
  }

  private static func exists(year: Int, month: Int, day: Int) -> Bool {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return day <= lengths[month - 1]
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
