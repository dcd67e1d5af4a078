internal import SalesRules

/// A field of the company's own.
struct Field: Sendable, Equatable {
  var id: Int64
  let cardKind: CardKind
  let key: String
  var name: String
  let type: FieldType
  /// The options of a choice.
  var choices: [String]
  var position: Int
  /// Whether cards are found by what they hold in it.
  var isSearchable = false
  /// Whether lists filter by it through an index.
  var isFilterable = false
  /// The heading under which people find it.
  var group: String?
  /// The pipelines whose cards are given values; nil for all of its kind.
  var pipelines: [Int64]?
  /// Of a lead's field, the deal's field that it becomes; nil for the one of the same key and type.
  var convertsTo: Int64?
  var version: Int64

  /// Whether the cards of a pipeline are given values.
  func isOf(pipeline: Int64) -> Bool {
    pipelines?.contains(pipeline) ?? true
  }
}
