extension FieldType {
  /// Whether each value of this type can be told as one of the other without losing anything.
  ///
  /// A choice that becomes a choice needs the same options besides. Amounts, several options and people are
  /// not told as text: it would not say what they are.
  public func converts(to other: FieldType) -> Bool {
    switch (self, other) {
    case (.choice, .multiChoice): true
    case (.number, .text), (.date, .text), (.datetime, .text), (.choice, .text), (.boolean, .text),
      (.phone, .text), (.email, .text), (.link, .text):
      true
    default: self == other
    }
  }
}
