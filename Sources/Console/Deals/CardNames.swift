internal import JSON

/// The names that cards refer to by id.
struct CardNames: Sendable {
  let pipelines: [Int64: String]
  let stages: [Int64: String]
  let people: [Int64: String]
  var statuses: [Int64: String] = [:]

  /// - Parameter cards: those that are shown, where they may tell of a last contact.
  static func load(
    _ directory: Directory, for cards: [JSON] = []
  ) async throws -> CardNames {
    let pipelines = try await directory.session.items("pipeline.list")
    return CardNames(
      pipelines: Directory.namesByID(pipelines),
      stages: Directory.namesByID(pipelines.flatMap { $0["stages"]?.array ?? [] }),
      people: try await directory.userNames(),
      statuses: try await directory.contactStatusNames(of: cards))
  }

  /// A card's members with names in place of ids.
  func readable(_ card: JSON) -> JSONObject {
    var members = card.object ?? JSONObject()
    if let id = card["pipeline"]?.int64 { members["pipeline"] = named(id, pipelines) }
    if let id = card["stage"]?.int64 { members["stage"] = named(id, stages) }
    if let id = card["responsible"]?.int64 { members["responsible"] = named(id, people) }
    if let text = lastContact(of: card) { members["last_contact"] = .string(text) }
    return members
  }

  /// What a card tells of the last contact, and when that was.
  func lastContact(of card: JSON) -> String? {
    guard let contact = card["last_contact"], let id = contact["status"]?.int64 else { return nil }
    return "\(statuses[id] ?? "#\(id)"), \(CellText.plain(contact["at"]))"
  }

  private func named(_ id: Int64, _ names: [Int64: String]) -> JSON {
    .string(names[id].map { "\($0) (\(id))" } ?? "#\(id)")
  }
}
