internal import JSON

/// Finds things by the names people know them by.
///
/// A number is an id and is sent as it stands; anything else is looked up: the exact name first, then
/// the name whatever its case, then its beginning, if that fits one only.
struct Directory: Sendable {
  let session: Session

  /// A pipeline by id or name. Without either, the only one there is whose cards the asker may see: one of
  /// deals where there are any, else that of leads.
  func pipeline(_ text: String?) async throws -> JSON {
    if let id = text.flatMap(Int64.init) {
      return try await session.call("pipeline.get", ["id": .integer(id)])
    }
    let items = try await session.items("pipeline.list")
    guard let text else {
      let open = items.filter { $0["archived"] != true && Self.allows("view", $0) }
      let deals = open.filter { $0["kind"] == "deal" }
      return try only(deals.isEmpty ? open : deals)
    }
    return try Self.match(items, text, noun: "pipeline", names: Self.name)
  }

  /// The one pipeline of leads.
  func leadPipeline() async throws -> JSON {
    let leads = try await session.items("pipeline.list").first { $0["kind"] == "lead" }
    guard let leads else { throw ConsoleFailure.usage("You see no pipeline of leads.") }
    return leads
  }

  /// A reason by id or name, whatever it is one for.
  func anyReason(_ text: String) async throws -> Int64 {
    if let id = Int64(text) { return id }
    return try Self.id(
      Self.match(try await session.items("reason.list"), text, noun: "reason", names: Self.name))
  }

  /// A user by id, e-mail or name.
  func user(_ text: String) async throws -> Int64 {
    if let id = Int64(text) { return id }
    return try Self.id(
      Self.match(try await session.items("user.list"), text, noun: "user") { user in
        [user["email"]?.string, user["name"]?.string].compactMap(\.self)
      })
  }

  /// A team by id or name.
  func team(_ text: String) async throws -> Int64 {
    if let id = Int64(text) { return id }
    return try Self.id(
      Self.match(try await session.items("team.list"), text, noun: "team", names: Self.name))
  }

  /// A loss, win or invalid reason by id or name.
  func reason(_ text: String, kind: String) async throws -> Int64 {
    if let id = Int64(text) { return id }
    let items = try await session.items("reason.list", ["kind": .string(kind)])
    return try Self.id(Self.match(items, text, noun: "\(kind) reason", names: Self.name))
  }

  /// Ids to names of users, for display; empty where the asker may not list them.
  func userNames() async throws -> [Int64: String] {
    do {
      return Self.namesByID(try await session.items("user.list"))
    } catch ConsoleFailure.server {
      return [:]
    }
  }

  static func namesByID(_ items: [JSON]) -> [Int64: String] {
    Dictionary(
      items.compactMap { item in
        item["id"]?.int64.map { ($0, item["name"]?.string ?? "#\($0)") }
      }, uniquingKeysWith: { first, _ in first })
  }

  static func id(_ json: JSON) throws -> Int64 {
    guard let id = json["id"]?.int64 else {
      throw ConsoleFailure.unreachable("The server's reply holds no id.")
    }
    return id
  }

  private static func name(_ item: JSON) -> [String] {
    [item["name"]?.string].compactMap(\.self)
  }

  /// Whether the asker may do something in a pipeline, as far as the server tells.
  static func allows(_ action: String, _ pipeline: JSON) -> Bool {
    pipeline["actions"]?.array.map { $0.contains(.string(action)) } ?? true
  }

  private func only(_ items: [JSON]) throws -> JSON {
    guard let first = items.first else {
      throw ConsoleFailure.usage("There is no pipeline yet, or none whose cards you may see.")
    }
    guard items.count == 1 else {
      throw ConsoleFailure.usage("Say which pipeline: \(Self.list(items)).")
    }
    return first
  }

  static func match(
    _ items: [JSON], _ text: String, noun: String, names: (JSON) -> [String]
  ) throws -> JSON {
    let wanted = text.lowercased()
    let tests: [(String) -> Bool] = [
      { $0 == text }, { $0.lowercased() == wanted }, { $0.lowercased().hasPrefix(wanted) },
    ]
    for test in tests {
      let found = items.filter { names($0).contains(where: test) }
      if let only = found.first, found.count == 1 { return only }
      if found.count > 1 {
        throw ConsoleFailure.usage(
          "\"\(text)\" fits more than one \(noun): \(list(found)). Give the whole name or the id.")
      }
    }
    let known = items.isEmpty ? "" : " There are \(list(items))."
    throw ConsoleFailure.usage("There is no \(noun) \"\(text)\".\(known)")
  }

  private static func list(_ items: [JSON]) -> String {
    let shown = items.prefix(12).map { item in
      "\(CellText.exact(item["name"])) (\(CellText.exact(item["id"])))"
    }
    return shown.joined(separator: ", ") + (items.count > 12 ? ", …" : "")
  }
}
