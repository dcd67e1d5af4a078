/// Reads fixed forms of digits and marks, such as dates, from a text.
struct DigitScanner {
  private var rest: Substring.UTF8View

  init(_ text: String) {
    rest = text[...].utf8
  }

  var isAtEnd: Bool { rest.isEmpty }

  /// Takes exactly that many digits.
  mutating func number(_ count: Int) -> Int? {
    var value = 0
    for _ in 0..<count {
      guard let digit = digit() else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  /// Takes one digit.
  mutating func digit() -> Int? {
    guard let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else {
      return nil
    }
    rest.removeFirst()
    return Int(byte - UInt8(ascii: "0"))
  }

  /// Takes one of the marks, if it comes next.
  mutating func take(_ marks: Unicode.Scalar...) -> Bool {
    guard let byte = rest.first, marks.contains(Unicode.Scalar(byte)) else { return false }
    rest.removeFirst()
    return true
  }
}

extension Int {
  /// The number with zeros before it, up to that many digits.
  func padded(_ digits: Int) -> String {
    let text = String(self)
    return String(repeating: "0", count: Swift.max(0, digits - text.count)) + text
  }
}
