internal import JSON

extension Member where Value == Int64 {
  /// An id: a whole number from 1.
  public static func identifier(_ name: String, _ summary: String) -> Member {
    integer(name, 1...Int64.max, summary)
  }

  /// A whole number of 64 bits, written as one: `5`, not `5.0`.
  public static func integer(_ name: String, _ summary: String) -> Member {
    integer(name, .min ... .max, summary)
  }

  /// A whole number within bounds, written as one: `5`, not `5.0`.
  public static func integer(
    _ name: String, _ range: ClosedRange<Int64>, _ summary: String
  ) -> Member {
    Member(name: name, schema: .integer(range), summary: summary) { json in
      guard let integer = json.int64 else { return .problem("has to be a whole number") }
      guard range.contains(integer) else {
        return .problem(
          range.upperBound == .max
            ? "has to be at least \(range.lowerBound)"
            : "has to be from \(range.lowerBound) to \(range.upperBound)")
      }
      return .success(integer)
    }
  }
}

extension Member where Value == Double {
  /// Any number.
  public static func number(_ name: String, _ summary: String) -> Member {
    number(name, nil, summary)
  }

  /// A number within bounds.
  public static func number(
    _ name: String, _ range: ClosedRange<Double>?, _ summary: String
  ) -> Member {
    Member(name: name, schema: .number, summary: summary) { json in
      guard let number = json.double else { return .problem("has to be a number") }
      if let range, !range.contains(number) {
        return .problem("has to be from \(range.lowerBound) to \(range.upperBound)")
      }
      return .success(number)
    }
  }
}

extension Member where Value == Bool {
  /// `true` or `false`.
  public static func boolean(_ name: String, _ summary: String) -> Member {
    Member(name: name, schema: .boolean, summary: summary) { json in
      guard let truth = json.bool else { return .problem("has to be true or false") }
      return .success(truth)
    }
  }
}

extension Member where Value == String {
  /// A text on one line, of so many characters (Unicode code points), by the rule of ``PlainText``; it may
  /// be blank only where its length may be 0.
  public static func text(
    _ name: String, length: ClosedRange<Int> = 1...200, _ summary: String
  ) -> Member {
    text(name, length: length, lines: false, summary)
  }

  /// A text of several lines: like `text`, with line breaks and tabs.
  public static func longText(
    _ name: String, length: ClosedRange<Int> = 1...10_000, _ summary: String
  ) -> Member {
    text(name, length: length, lines: true, summary)
  }

  /// Any text, as it is: passwords, tokens, cursors.
  public static func opaqueText(
    _ name: String, length: ClosedRange<Int> = 0...10_000, _ summary: String
  ) -> Member {
    Member(name: name, schema: .string(length: length), summary: summary) { json in
      guard let text = json.string else { return .problem("has to be a string") }
      return checkLength(of: text, length)
    }
  }

  private static func text(
    _ name: String, length: ClosedRange<Int>, lines: Bool, _ summary: String
  ) -> Member {
    Member(name: name, schema: .string(length: length), summary: summary) { json in
      guard let text = json.string else { return .problem("has to be a string") }
      switch PlainText.fault(in: text, lines: lines) {
      case nil: break
      case .invisible? where length.lowerBound == 0: break
      case let fault?: return .problem(fault.problem)
      }
      return checkLength(of: text, length)
    }
  }

  private static func checkLength(
    of text: String, _ length: ClosedRange<Int>
  ) -> Result<String, FieldProblems> {
    guard length.contains(text.unicodeScalars.count) else {
      return .problem(
        "has to be \(length.lowerBound) to \(length.upperBound) characters long")
    }
    return .success(text)
  }
}

extension Member where Value: RawRepresentable<String> & CaseIterable {
  /// One of some words.
  public static func choice(_ name: String, _ summary: String) -> Member {
    let words = Value.allCases.map(\.rawValue)
    return Member(name: name, schema: .choice(words), summary: summary) { json in
      guard let value = json.string.flatMap(Value.init(rawValue:)) else {
        return .problem("has to be one of \(words.joined(separator: ", "))")
      }
      return .success(value)
    }
  }
}

extension Member where Value == WireTimestamp {
  /// A point in time by RFC 3339, with its zone.
  public static func timestamp(_ name: String, _ summary: String) -> Member {
    Member(name: name, schema: .timestamp, summary: summary) { json in
      guard let timestamp = json.string.flatMap(WireTimestamp.init(rfc3339:)) else {
        return .problem("has to be a time with zone, such as 2025-03-01T09:30:00+03:00")
      }
      return .success(timestamp)
    }
  }
}

extension Member where Value == WireDate {
  /// A calendar date, `YYYY-MM-DD`.
  public static func date(_ name: String, _ summary: String) -> Member {
    Member(name: name, schema: .date, summary: summary) { json in
      guard let date = json.string.flatMap(WireDate.init(text:)) else {
        return .problem("has to be a date, such as 2025-03-01")
      }
      return .success(date)
    }
  }
}
