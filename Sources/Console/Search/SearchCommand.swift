internal import JSON

/// `voronka search`: cards by words, newest first.
public struct SearchCommand: ConsoleCommand {
  let query: String
  let filter: Filter

  /// Among which cards.
  public struct Filter: Sendable {
    /// `lead` or `deal`.
    public var kind: String?
    /// A pipeline by id or name.
    public var pipeline: String?
    /// `open`, `won` or `lost`.
    public var outcome: String?
    /// How many at most.
    public var limit = 50
    /// Where the last page ended.
    public var after: String?

    /// All cards that one may see.
    public init() {}
  }

  /// A search for words, all of which have to be found.
  public init(words: [String], filter: Filter) {
    query = words.joined(separator: " ")
    self.filter = filter
  }

  /// Asks the server and prints what it finds; of common words it asks on until something is there.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let directory = Directory(session: session)
      var params = try await params(directory)
      var result = try await session.call("card.search", .object(params))
      while result["items"]?.array?.isEmpty ?? true, let next = result["next"]?.string {
        params["after"] = .string(next)
        result = try await session.call("card.search", .object(params))
      }
      let names = try await CardNames.load(directory)
      return Listing.answer(
        json: result, items: result["items"]?.array ?? [], columns: Self.columns(names),
        ifEmpty: "Nothing found.", origin: Origin("card.search", "items"))
    }
    context.present(answer)
    if let next = answer.json["next"]?.string, context.options.output != .json {
      context.say("There may be more: --after \(next)")
    }
  }

  private func params(_ directory: Directory) async throws -> JSONObject {
    var params: JSONObject = ["query": .string(query), "limit": .integer(filter.limit)]
    params["kind"] = filter.kind.map { .string($0) }
    params["outcome"] = filter.outcome.map { .string($0) }
    params["after"] = filter.after.map { .string($0) }
    if let text = filter.pipeline {
      params["pipeline"] = .integer(try Directory.id(try await directory.pipeline(text)))
    }
    return params
  }

  private static func columns(_ names: CardNames) -> [Listing.Column] {
    [
      Listing.Column("ID", .right) { CellText.exact($0["card"]?["id"]) },
      Listing.Column("KIND") { CellText.plain($0["card"]?["kind"]) },
      Listing.Column("TITLE") { CellText.plain($0["card"]?["title"]) },
      Listing.Column("PIPELINE") { DealColumns.name($0["card"]?["pipeline"], in: names.pipelines) },
      Listing.Column("STAGE") { DealColumns.name($0["card"]?["stage"], in: names.stages) },
      Listing.Column("CONTACT") { CellText.plain($0["contact"]?["name"]) },
      Listing.Column("PHONE") { CellText.plain($0["contact"]?["phone"]) },
      Listing.Column("COMPANY") { CellText.plain($0["company"]?["name"]) },
      Listing.Column("RESPONSIBLE") {
        PersonText.name($0["card"]?["responsible"], people: names.people)
      },
      Listing.Column("BY") { CellText.plain($0["matched"]) },
    ]
  }
}
