internal import SalesRules

/// A field of the company's own.
struct Field: Sendable, Equatable {
  let id: Int64
  let cardKind: CardKind
  let key: String
  var name: String
  let type: FieldType
  /// The options of a choice.
  var choices: [String]
  var position: Int
  /// Whether cards are found by what they hold in it.
  var isSearchable = false
  var version: Int64
}
