internal import JSON

/// `voronka board`: the stages of a pipeline with their counts, sums and newest cards.
public struct BoardCommand: ConsoleCommand {
  let pipeline: String?
  let cardsPerStage: Int
  let filter: Filter

  /// Which cards are shown and counted.
  public struct Filter: Sendable {
    /// The responsible by id, e-mail or name.
    public var responsible: String?
    /// Where the request came from.
    public var source: String?
    /// Values of custom fields: `key=value`.
    public var fields: [String] = []

    /// All that one may see.
    public init() {}
  }

  /// The board of a pipeline by id or name; without one, of the only deal pipeline there is.
  public init(pipeline: String?, cardsPerStage: Int, filter: Filter = Filter()) {
    self.pipeline = pipeline
    self.cardsPerStage = cardsPerStage
    self.filter = filter
  }

  /// Asks the server and draws the board.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let directory = Directory(session: session)
      let pipeline = try await directory.pipeline(pipeline)
      var params: JSONObject = [
        "pipeline": .integer(try Directory.id(pipeline)), "limit": .integer(cardsPerStage),
      ]
      if let person = filter.responsible {
        params["responsible"] = .integer(try await directory.user(person))
      }
      params["source"] = filter.source.map { .string($0) }
      params["fields"] = try FieldArguments.object(filter.fields)
      let board = try await session.call("deal.board", .object(params))
      let people = try await directory.userNames()
      return Answer(
        json: board, rows: BoardView.rows(of: board),
        origin: Origin("deal.board", "stages", "cards", leading: ["stage_name"])
      ) { page in
        BoardView(title: pipeline["name"]?.string ?? "", board: board, people: people).lines(page)
      }
    }
    context.present(answer)
  }
}
