internal import Postgres

/// Which of the events that they may see a subscriber wants.
struct EventFilter: Sendable {
  /// Those in these pipelines; nil: wherever.
  let pipelines: [Int64]?
  /// Those about these nouns; nil: about whatever.
  let nouns: [String]?

  /// The last two parameters of a page.
  var parameters: [Parameter] {
    [pipelines.map { .integers($0) } ?? .null, nouns.map { .strings($0) } ?? .null]
  }
}
