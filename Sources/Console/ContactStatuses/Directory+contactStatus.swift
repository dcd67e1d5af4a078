internal import JSON

extension Directory {
  /// A last-contact status by id or name.
  func contactStatus(_ text: String) async throws -> Int64 {
    if let id = Int64(text) { return id }
    let items = try await session.items("contact_status.list")
    return try Self.id(
      Self.match(items, text, noun: "last-contact status") {
        [$0["name"]?.string].compactMap(\.self)
      })
  }

  /// Names of statuses by id, those put away included; asked for only where a card tells of one.
  func contactStatusNames(of cards: [JSON]) async throws -> [Int64: String] {
    guard cards.contains(where: { $0["last_contact"]?["status"] != nil }) else { return [:] }
    do {
      return Self.namesByID(try await session.items("contact_status.list", ["inactive": true]))
    } catch ConsoleFailure.server {
      return [:]
    }
  }
}
