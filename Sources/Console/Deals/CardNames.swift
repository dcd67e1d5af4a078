internal import JSON

/// The names that cards refer to by id.
struct CardNames: Sendable {
  let pipelines: [Int64: String]
  let stages: [Int64: String]
  let people: [Int64: String]
  var statuses: [Int64: String] = [:]
  /// What the contact, the company and the reason of a single card are called, as far as the asker may know.
  var references: [String: String] = [:]

  /// - Parameter cards: those that are shown, where they may tell of a last contact.
  static func load(
    _ directory: Directory, for cards: [JSON] = []
  ) async throws -> CardNames {
    let pipelines = try await directory.session.items("pipeline.list")
    return CardNames(
      pipelines: Directory.namesByID(pipelines),
      stages: Directory.namesByID(pipelines.flatMap { $0["stages"]?.array ?? [] }),
      people: try await directory.userNames(),
      statuses: try await directory.contactStatusNames(of: cards),
      references: try await references(of: cards, directory.session))
  }

  private static func references(
    of cards: [JSON], _ session: Session
  ) async throws -> [String: String] {
    guard cards.count == 1, let card = cards.first else { return [:] }
    var names: [String: String] = [:]
    for noun in ["contact", "company"] {
      guard let id = card[noun]?.int64 else { continue }
      names[noun] = try await session.ifAllowed("\(noun).get", ["id": .integer(id)])["name"]?.string
    }
    guard let reason = card["reason"]?.int64 else { return names }
    let known = try await session.ifAllowed("reason.list", ["inactive": true, "limit": 500])
    names["reason"] = Directory.namesByID(known["items"]?.array ?? [])[reason]
    return names
  }

  /// A card's members with names in place of ids.
  func readable(_ card: JSON) -> JSONObject {
    var members = card.object ?? JSONObject()
    if let id = card["pipeline"]?.int64 { members["pipeline"] = named(id, pipelines) }
    if let id = card["stage"]?.int64 { members["stage"] = named(id, stages) }
    if let id = card["responsible"]?.int64 { members["responsible"] = named(id, people) }
    for (member, name) in references {
      if let id = card[member]?.int64 { members[member] = .string("\(name) (\(id))") }
    }
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
