internal import JSON

/// How cards look in lists.
enum DealColumns {
  static func columns(
    stages: [Int64: String], pipelines: [Int64: String], people: [Int64: String]
  ) -> [Listing.Column] {
    [
      Listing.Column("ID", .right) { CellText.exact($0["id"]) },
      .member("title"),
      Listing.Column("PIPELINE") { name($0["pipeline"], in: pipelines) },
      Listing.Column("STAGE") { name($0["stage"], in: stages) },
      .member("outcome"),
      .member("amount", nil, .right),
      Listing.Column("RESPONSIBLE") { PersonText.name($0["responsible"], people: people) },
      .member("created_at", "CREATED"),
    ]
  }

  static func name(_ id: JSON?, in names: [Int64: String]) -> String {
    id?.int64.map { names[$0] ?? "#\($0)" } ?? ""
  }
}
