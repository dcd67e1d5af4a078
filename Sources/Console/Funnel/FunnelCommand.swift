internal import JSON

/// `voronka funnel`: how far the cards of a period came.
public struct FunnelCommand: ConsoleCommand {
  let pipeline: String?
  let filter: Filter

  /// Which cards count.
  public struct Filter: Sendable {
    /// The first day of creation.
    public var from: String?
    /// The day after the last day of creation.
    public var to: String?
    /// The moment as of which the answer holds.
    public var asOf: String?
    /// A team by id or name, those below it included.
    public var team: String?
    /// The responsible by id, e-mail or name.
    public var responsible: String?
    /// Where the cards came from.
    public var source: String?

    /// All cards.
    public init() {}
  }

  /// The funnel of a pipeline by id or name; without one, of the only deal pipeline there is.
  public init(pipeline: String?, filter: Filter) {
    self.pipeline = pipeline
    self.filter = filter
  }

  /// Asks the server and draws the funnel.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let directory = Directory(session: session)
      let pipeline = try await directory.pipeline(pipeline)
      var params: JSONObject = ["pipeline": .integer(try Directory.id(pipeline))]
      params["from"] = filter.from.map { .string($0) }
      params["to"] = filter.to.map { .string($0) }
      params["as_of"] = filter.asOf.map { .string($0) }
      params["source"] = filter.source.map { .string($0) }
      if let team = filter.team { params["team"] = .integer(try await directory.team(team)) }
      if let person = filter.responsible {
        params["responsible"] = .integer(try await directory.user(person))
      }
      let report = try await session.call("report.funnel", .object(params))
      let view = FunnelView(
        title: pipeline["name"]?.string ?? "", filter: filter, report: report)
      return Answer(
        json: report, rows: report["stages"] ?? .null, origin: Origin("report.funnel", "stages"),
        text: view.lines)
    }
    context.present(answer)
  }
}
