/// One value for a placeholder, in PostgreSQL's text format; the SQL casts it (`$1::bigint`).
public enum Parameter: Sendable, Hashable {
  /// SQL NULL.
  case null
  /// Any text. A NUL character in it is refused when the statement is run.
  case text(String)
  /// A value that stands in text format already, as UTF-8.
  case bytes([UInt8])
}

extension Parameter {
  /// A whole number, or NULL.
  public static func integer(_ value: Int64?) -> Parameter {
    guard let value else { return .null }
    return .text(String(value))
  }

  /// A whole number, or NULL.
  public static func integer(_ value: Int?) -> Parameter {
    guard let value else { return .null }
    return .text(String(value))
  }

  /// Text, or NULL.
  public static func string(_ value: String?) -> Parameter {
    guard let value else { return .null }
    return .text(value)
  }

  /// A truth value, or NULL.
  public static func bool(_ value: Bool?) -> Parameter {
    guard let value else { return .null }
    return .text(value ? "t" : "f")
  }

  /// A double, to its last bit, or NULL.
  public static func double(_ value: Double?) -> Parameter {
    guard let value else { return .null }
    return .text(value.description)
  }
}

extension Parameter: ExpressibleByNilLiteral, ExpressibleByStringLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral
{
  /// NULL.
  public init(nilLiteral: ()) {
    self = .null
  }

  /// Text.
  public init(stringLiteral value: String) {
    self = .text(value)
  }

  /// A whole number.
  public init(integerLiteral value: Int64) {
    self = .integer(value)
  }

  /// A truth value.
  public init(booleanLiteral value: Bool) {
    self = .bool(value)
  }
}

extension Parameter: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Whether it is NULL; never the value, since parameters do not belong into logs.
  public var description: String {
    if case .null = self { "null" } else { "…" }
  }

  /// As `description`.
  public var debugDescription: String {
    description
  }

  /// Without children, so that `dump` shows no value either.
  public var customMirror: Mirror {
    Mirror(self, children: [])
  }
}
