/// One JSON value, as RFC 8259 defines it.
///
/// Two values are equal when they say the same: texts byte for byte, numbers as written, objects
/// by the names and values of their members whatever their order.
public enum JSON: Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number, kept as it was written.
  case number(JSONNumber)
  /// A text.
  case string(String)
  /// A list of values.
  case array([JSON])
  /// Named values.
  case object(JSONObject)
}

extension JSON: Equatable {
  /// Whether both say the same.
  public static func == (left: JSON, right: JSON) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let left), .bool(let right)): left == right
    case (.number(let left), .number(let right)): left == right
    case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
    case (.array(let left), .array(let right)): left == right
    case (.object(let left), .object(let right)): left == right
    default: false
    }
  }
}

extension JSON {
  /// The text, if this is one.
  public var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The integer, if this is a number written as one that fits in 64 bits (`5`, not `5.0` or `5e0`).
  public var int64: Int64? {
    guard case .number(let number) = self else { return nil }
    return number.int64
  }

  /// The number as a double, if this is a number.
  public var double: Double? {
    guard case .number(let number) = self else { return nil }
    return number.double
  }

  /// The truth value, if this is one.
  public var bool: Bool? {
    guard case .bool(let truth) = self else { return nil }
    return truth
  }

  /// The elements, if this is an array.
  public var array: [JSON]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  /// The object, if this is one.
  public var object: JSONObject? {
    guard case .object(let object) = self else { return nil }
    return object
  }

  /// Whether this is `null`.
  public var isNull: Bool {
    guard case .null = self else { return false }
    return true
  }

  /// The value of the member of that name, if this is an object that has one.
  public subscript(name: String) -> JSON? {
    object?[name]
  }

  /// The element at that place, if this is an array that long.
  public subscript(index: Int) -> JSON? {
    guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
    return elements[index]
  }
}

extension JSON: CustomStringConvertible {
  /// The value as one line of JSON text.
  public var description: String {
    String(decoding: RawJSON(self).bytes, as: UTF8.self)
  }
}
