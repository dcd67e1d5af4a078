internal import JSON

/// `voronka audit list`: who changed what.
public struct AuditListCommand: ConsoleCommand {
  /// Which rows are wanted; what is nil is not asked for.
  public struct Filter: Sendable {
    /// From which moment on, as ``CompanyMoments`` reads it.
    public var from: String?
    /// Before which moment.
    public var to: String?
    /// By id, e-mail or name.
    public var user: String?
    /// Such as `deal.move`.
    public var method: String?
    /// Such as `deal`, alone or with an id: `deal:5`.
    public var thing: String?
    /// How many at most.
    public var limit = 50

    /// Nothing is left out.
    public init() {}
  }

  let filter: Filter

  /// The newest rows.
  public init(_ filter: Filter) {
    self.filter = filter
  }

  /// Asks the server and prints a table.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let directory = Directory(session: session)
      let result = try await session.call(
        "audit.list", .object(try await parameters(directory)))
      return Self.answer(result, people: try await directory.userNames())
    }
    context.present(answer)
  }

  private func parameters(_ directory: Directory) async throws -> JSONObject {
    var parameters: JSONObject = ["limit": .integer(Int64(filter.limit))]
    for (name, text) in [("from", filter.from), ("to", filter.to)] {
      guard let text else { continue }
      let moments = try await CompanyMoments.load(directory.session)
      parameters[name] = .string(try moments.wire(text))
    }
    if let user = filter.user { parameters["user"] = .integer(try await directory.user(user)) }
    if let method = filter.method { parameters["method"] = .string(method) }
    guard let thing = filter.thing else { return parameters }
    let parts = thing.split(separator: ":", maxSplits: 1).map(String.init)
    parameters["noun"] = .string(parts.first ?? thing)
    if parts.count == 2 {
      parameters["subject"] = Int64(parts[1]).map { .integer($0) } ?? .string(parts[1])
    }
    return parameters
  }

  private static func answer(_ result: JSON, people: [Int64: String]) -> Answer {
    Listing.answer(
      json: result, items: result["items"]?.array ?? [],
      columns: [
        .member("at", "WHEN"),
        Listing.Column("WHO") { who($0["who"], people: people) },
        .member("address", "FROM"), .member("method", "WHAT"),
        Listing.Column("WHICH") { CellText.exact($0["subject"]) },
        Listing.Column("CHANGE") { AuditChange.text(before: $0["before"], after: $0["after"]) },
      ], ifEmpty: "Nothing was changed.")
  }

  private static func who(_ who: JSON?, people: [Int64: String]) -> String {
    let user = PersonText.name(who?["user"], people: people)
    let kind = who?["kind"]?.string ?? ""
    guard kind != "user" else { return user }
    return user.isEmpty ? kind : "\(kind) as \(user)"
  }
}
