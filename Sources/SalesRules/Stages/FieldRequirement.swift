/// One demand of a stage on a card's fields: this one filled in, or one of these.
///
/// In text, as the protocol's `required` and the database hold it, alternatives are parted by a bar:
/// `amount`, `phone|email`.
public struct FieldRequirement: Hashable, Sendable {
  /// The keys of which one must be filled in; at least one, in the order in which they were given.
  public let alternatives: [String]

  /// This one field.
  public init(_ field: CardField) {
    alternatives = [field.rawValue]
  }

  /// One of these fields.
  public init(oneOf fields: CardField...) {
    alternatives = fields.map(\.rawValue)
  }

  /// A field of the company's own, which a template proposes.
  init(proposed key: String) {
    alternatives = [key]
  }

  /// Reads a requirement; nil where a key does not have a key's form or stands twice.
  public init?(_ text: String) {
    let keys = text.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    guard keys.allSatisfy({ FieldKey.problem(in: $0) == nil }) else { return nil }
    guard Set(keys).count == keys.count else { return nil }
    alternatives = keys
  }

  /// Whether each of its keys is a card's own value or one of these fields.
  public func isKnown(among fields: Set<String>) -> Bool {
    alternatives.allSatisfy { CardField(rawValue: $0) != nil || fields.contains($0) }
  }

  /// Whether a card with these keys filled in meets it.
  public func isMet(by filled: Set<String>) -> Bool {
    alternatives.contains(where: filled.contains)
  }
}

extension [FieldRequirement] {
  /// What these keys met and those that are left do not: what a stage demands is not taken away while a card
  /// stands there. What was never there may stay away: the stage may have come to demand it later.
  public func broken(from filled: Set<String>, to left: Set<String>) -> [FieldRequirement] {
    filter { $0.isMet(by: filled) && !$0.isMet(by: left) }
  }
}

extension FieldRequirement: CustomStringConvertible {
  /// The requirement in text: `amount`, `phone|email`.
  public var description: String { alternatives.joined(separator: "|") }
}
