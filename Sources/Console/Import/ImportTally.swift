internal import JSON

/// How many rows of each kind went which way.
struct ImportTally {
  struct Counts {
    var accepted = 0
    var unchanged = 0
    var rejected = 0
  }

  private(set) var counts: [ImportKind: Counts] = [:]

  mutating func add(_ kind: ImportKind, accepted: Int = 0, unchanged: Int = 0, rejected: Int = 0) {
    counts[kind, default: Counts()].accepted += accepted
    counts[kind, default: Counts()].unchanged += unchanged
    counts[kind, default: Counts()].rejected += rejected
  }

  var rejected: Int { counts.values.reduce(0) { $0 + $1.rejected } }

  var rows: [(kind: ImportKind, counts: Counts)] {
    ImportKind.allCases.compactMap { kind in counts[kind].map { (kind, $0) } }
  }

  var json: JSON {
    .object(
      JSONObject(
        rows.map { kind, counts in
          (
            kind.rawValue,
            [
              "accepted": .integer(counts.accepted), "unchanged": .integer(counts.unchanged),
              "rejected": .integer(counts.rejected),
            ]
          )
        }))
  }
}
