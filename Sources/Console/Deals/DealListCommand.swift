internal import JSON

/// `voronka deal list` and `voronka lead list`: cards, newest first.
public struct DealListCommand: ConsoleCommand {
  let filter: Filter
  private let noun: String

  /// Which deals are listed.
  public struct Filter: Sendable {
    /// A pipeline by id or name.
    public var pipeline: String?
    /// A stage by id or name, or as `Pipeline/Stage`.
    public var stage: String?
    /// `open`, `won` or `lost`.
    public var outcome: String?
    /// `dropped`, `refused` or `vanished`.
    public var lossKind: String?
    /// The responsible by id, e-mail or name.
    public var responsible: String?
    /// Where the request came from.
    public var source: String?
    /// Values of custom fields: `key=value`.
    public var fields: [String] = []
    /// A last-contact status by id or name.
    public var status: String?
    /// A day or moment from which on they were closed.
    public var closedFrom: String?
    /// The last day on which they were closed, or a moment before which.
    public var closedTo: String?
    /// How many at most.
    public var limit = 50
    /// Where the last page ended.
    public var after: String?

    /// All deals that one may see.
    public init() {}
  }

  /// A page of deals.
  public init(filter: Filter, of noun: String = "deal") {
    self.filter = filter
    self.noun = noun
  }

  /// Asks the server and prints the page.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let directory = Directory(session: session)
      let result = try await session.call("\(noun).list", .object(try await params(directory)))
      let cards = result["items"]?.array ?? []
      let names = try await CardNames.load(directory, for: cards)
      return Listing.answer(
        json: result, items: cards,
        columns: DealColumns.columns(
          stages: names.stages, pipelines: names.pipelines, people: names.people)
          + (names.statuses.isEmpty
            ? [] : [Listing.Column("LAST CONTACT") { names.lastContact(of: $0) ?? "" }]),
        ifEmpty: "No \(noun)s.", origin: Origin("\(noun).list", "items")
      )
    }
    context.present(answer)
    if let next = answer.json["next"]?.string, context.options.output != .json {
      context.say("There is more: --after \(next)")
    }
  }

  private func params(_ directory: Directory) async throws -> JSONObject {
    var params: JSONObject = ["limit": .integer(filter.limit)]
    if let text = filter.pipeline {
      params["pipeline"] = .integer(try Directory.id(try await directory.pipeline(text)))
    }
    if let stage = filter.stage {
      params["stage"] = .integer(
        try await directory.stage(stage, of: noun, in: filter.pipeline).id)
    }
    params["outcome"] = filter.outcome.map { .string($0) }
    params["loss_kind"] = filter.lossKind.map { .string($0) }
    params["closed_from"] = filter.closedFrom.map { .string($0) }
    params["closed_to"] = filter.closedTo.map { .string($0) }
    params["source"] = filter.source.map { .string($0) }
    params["fields"] = try FieldArguments.object(filter.fields)
    params["after"] = filter.after.map { .string($0) }
    if let status = filter.status {
      params["last_contact"] = .integer(try await directory.contactStatus(status))
    }
    if let person = filter.responsible {
      params["responsible"] = .integer(try await directory.user(person))
    }
    return params
  }
}
