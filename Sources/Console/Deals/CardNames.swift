internal import JSON

/// The names that cards refer to by id.
struct CardNames: Sendable {
  let pipelines: [Int64: String]
  let stages: [Int64: String]
  let people: [Int64: String]

  static func load(_ directory: Directory) async throws -> CardNames {
    let pipelines = try await directory.session.items("pipeline.list")
    return CardNames(
      pipelines: Directory.namesByID(pipelines),
      stages: Directory.namesByID(pipelines.flatMap { $0["stages"]?.array ?? [] }),
      people: try await directory.userNames())
  }

  /// A card's members with names in place of ids.
  func readable(_ card: JSON) -> JSONObject {
    var members = card.object ?? JSONObject()
    if let id = card["pipeline"]?.int64 { members["pipeline"] = named(id, pipelines) }
    if let id = card["stage"]?.int64 { members["stage"] = named(id, stages) }
    if let id = card["responsible"]?.int64 { members["responsible"] = named(id, people) }
    return members
  }

  private func named(_ id: Int64, _ names: [Int64: String]) -> JSON {
    .string(names[id].map { "\($0) (\(id))" } ?? "#\(id)")
  }
}
