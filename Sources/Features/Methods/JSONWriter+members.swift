internal import JSON
internal import SalesRules

extension JSONWriter {
  /// A member with a text or `null`.
  mutating func member(_ name: StaticString, _ value: String?) {
    self.name(name)
    self.value(value)
  }

  /// A member with a whole number or `null`.
  mutating func member(_ name: StaticString, _ value: Int64?) {
    self.name(name)
    self.value(value)
  }

  /// A member with a whole number or `null`.
  mutating func member(_ name: StaticString, _ value: Int?) {
    self.name(name)
    self.value(value)
  }

  /// A member with a truth value.
  mutating func member(_ name: StaticString, _ value: Bool) {
    self.name(name)
    self.value(value)
  }

  /// A member with a moment or `null`.
  mutating func member(_ name: StaticString, _ value: Timestamp?) {
    self.name(name)
    self.value(value?.description)
  }

  /// A member with texts.
  mutating func member(_ name: StaticString, _ values: [String]) {
    self.name(name)
    array { for value in values { $0.value(value) } }
  }

  /// A member that is an object.
  mutating func member(_ name: StaticString, _ write: (inout JSONWriter) throws -> Void) rethrows {
    self.name(name)
    try object(write)
  }

  /// A member with money or `null`.
  mutating func money(_ name: StaticString, _ amount: MoneyAmount?, _ currency: String) {
    self.name(name)
    guard let amount else { return null() }
    object {
      $0.member("amount", amount.description)
      $0.member("currency", currency)
    }
  }
}
