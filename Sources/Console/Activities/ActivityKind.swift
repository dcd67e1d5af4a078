internal import JSON

/// A kind of activity as people name it: one that is always there, or one of the company's own.
enum ActivityKind {
  static let builtIn = ["call", "email", "meeting", "message", "task"]

  /// The member that tells it.
  static func member(
    _ text: String, _ directory: Directory
  ) async throws -> (name: String, value: JSON) {
    if builtIn.contains(text) { return ("type", .string(text)) }
    if let id = Int64(text) { return ("own_type", .integer(id)) }
    let own = try await directory.session.items("activity_type.list")
    let known = own + builtIn.map { ["name": .string($0)] }
    let found = try Directory.match(known, text, noun: "kind of activity") {
      [$0["name"]?.string].compactMap(\.self)
    }
    guard let id = found["id"]?.int64 else { return ("type", found["name"] ?? .null) }
    return ("own_type", .integer(id))
  }

  /// Names of the company's own by id; asked for only where an activity is of one.
  static func names(of activities: [JSON], _ session: Session) async throws -> [Int64: String] {
    guard activities.contains(where: { $0["own_type"]?.int64 != nil }) else { return [:] }
    return Directory.namesByID(try await session.items("activity_type.list", ["inactive": true]))
  }

  /// What an activity is called.
  static func name(_ activity: JSON, _ names: [Int64: String]) -> String {
    activity["own_type"]?.int64.map { names[$0] ?? "#\($0)" } ?? CellText.plain(activity["type"])
  }
}
