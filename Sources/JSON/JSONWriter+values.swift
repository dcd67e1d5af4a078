extension JSONWriter {
  /// A text.
  public mutating func value(_ text: String) {
    var text = text
    text.withUTF8 { string(bytes: UnsafeRawBufferPointer($0)) }
  }

  /// A text or `null`.
  @_disfavoredOverload
  public mutating func value(_ text: String?) {
    guard let text else { return null() }
    value(text)
  }

  /// An integer.
  public mutating func value(_ integer: Int64) {
    // Digits come from the lowest to the highest; twenty hold the largest magnitude and its sign.
    withUnsafeTemporaryAllocation(byteCount: 20, alignment: 1) { digits in
      var rest = integer.magnitude
      var start = digits.count
      repeat {
        start -= 1
        digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      } while rest > 0
      if integer < 0 {
        start -= 1
        digits[start] = UInt8(ascii: "-")
      }
      append(UnsafeRawBufferPointer(rebasing: digits[start...]))
    }
  }

  /// An integer.
  public mutating func value(_ integer: Int) {
    value(Int64(integer))
  }

  /// An integer or `null`.
  @_disfavoredOverload
  public mutating func value(_ integer: Int64?) {
    guard let integer else { return null() }
    value(integer)
  }

  /// An integer or `null`.
  @_disfavoredOverload
  public mutating func value(_ integer: Int?) {
    guard let integer else { return null() }
    value(integer)
  }

  /// `true` or `false`.
  public mutating func value(_ truth: Bool) {
    word(truth ? "true" : "false")
  }

  /// `true`, `false` or `null`.
  @_disfavoredOverload
  public mutating func value(_ truth: Bool?) {
    guard let truth else { return null() }
    value(truth)
  }

  /// A number in its shortest exact form; `null` where it is nil, infinite or not a number.
  public mutating func value(_ number: Double?) {
    guard let number, number.isFinite else { return null() }
    var text = number.description
    text.withUTF8 { append(UnsafeRawBufferPointer($0)) }
  }

  /// Any value.
  @_disfavoredOverload
  public mutating func value(_ json: JSON) {
    switch json {
    case .null: null()
    case .bool(let truth): value(truth)
    case .number(let number):
      var text = number.text
      text.withUTF8 { self.number(text: UnsafeRawBufferPointer($0)) }
    case .string(let text): value(text)
    case .array(let elements): array { for element in elements { $0.value(element) } }
    case .object(let object): value(object)
    }
  }

  /// An object.
  @_disfavoredOverload
  public mutating func value(_ object: JSONObject) {
    self.object {
      for member in object.members {
        $0.name(member.name)
        $0.value(member.value)
      }
    }
  }
}
