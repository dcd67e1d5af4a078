internal import JSON
internal import SalesRules

/// The keys of a field's values that lie between two.
struct FieldKeyRange: Sendable, Equatable {
  let lower: String
  let upper: String
  /// The one key of which it consists.
  let key: String?

  /// Of one key.
  init(_ key: String) {
    self.init(lower: key, upper: SearchKey.end(of: key), key: key)
  }

  /// From one key up to another one, both with it.
  init(from first: String?, to last: String?, of field: Field) {
    let beginning = SearchKey.beginning(ofField: field.id)
    self.init(
      lower: first ?? beginning,
      upper: last.map(SearchKey.end(of:)) ?? SearchKey.end(ofAllFrom: beginning), key: nil)
  }

  /// Of all keys that begin so.
  init(beginning: String) {
    self.init(lower: beginning, upper: SearchKey.end(ofAllFrom: beginning), key: nil)
  }

  private init(lower: String, upper: String, key: String?) {
    (self.lower, self.upper, self.key) = (lower, upper, key)
  }
}

extension Field {
  /// The keys by which a card is looked up that holds this value in its kept form: of several choices one each.
  func filterKeys(of value: JSON) -> [String] {
    if let number = orderedNumber(of: value) {
      return [SearchKey.ordered(number, ofField: id)]
    }
    switch (type, value) {
    case (.text, .string(let text)), (.choice, .string(let text)), (.phone, .string(let text)),
      (.email, .string(let text)), (.link, .string(let text)):
      return [SearchKey.exact(text, ofField: id)]
    case (.multiChoice, .array(let choices)):
      return choices.compactMap(\.string).map { SearchKey.exact($0, ofField: id) }
    case (.boolean, .bool(let truth)): return [SearchKey.exact("\(truth)", ofField: id)]
    case (.user, _): return value.int64.map { [SearchKey.exact("\($0)", ofField: id)] } ?? []
    default: return []
    }
  }

  /// What a value is compared by where one is smaller than another.
  private func orderedNumber(of value: JSON) -> Double? {
    switch (type, value) {
    case (.number, .number(let number)): number.double
    case (.money, _): value["amount"]?.string.flatMap { Double($0) }
    case (.date, .string(let text)):
      CalendarDate(text).map { Double(($0.year * 100 + $0.month) * 100 + $0.day) }
    case (.datetime, .string(let text)):
      Timestamp(text).map { Double($0.microsecondsSince1970) }
    default: nil
    }
  }
}
