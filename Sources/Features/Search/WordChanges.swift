internal import Postgres
internal import SalesRules

/// New words of things that are there, for `SearchWordStatements`.
struct WordChanges {
  private var ids: [Int64] = []
  private var words: [String] = []
  private var versions: [Int64?] = []

  /// Of several, which a guard of the same transaction holds at the versions that were read.
  init(_ changes: some Sequence<(Int64, SearchWords)>) {
    for (id, words) in changes { add(id, words, version: nil) }
  }

  /// Of one.
  init(_ change: (Int64, SearchWords)) {
    self.init([change])
  }

  /// Of none yet.
  init() {}

  /// Takes in one; with a version, only where it still has that one.
  mutating func add(_ id: Int64, _ words: SearchWords, version: Int64?) {
    ids.append(id)
    self.words.append(words.joined)
    versions.append(version)
  }

  /// `$1` to `$4`.
  func parameters(of tenant: Int64) -> [Parameter] {
    [.integer(tenant), .integers(ids), .strings(words), .integers(versions)]
  }
}
