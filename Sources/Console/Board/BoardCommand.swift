internal import JSON

/// `voronka board`: the stages of a pipeline with their counts, sums and newest cards.
public struct BoardCommand: ConsoleCommand {
  let pipeline: String?
  let cardsPerStage: Int

  /// The board of a pipeline by id or name; without one, of the only deal pipeline there is.
  public init(pipeline: String?, cardsPerStage: Int) {
    self.pipeline = pipeline
    self.cardsPerStage = cardsPerStage
  }

  /// Asks the server and draws the board.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let directory = Directory(session: session)
      let pipeline = try await directory.pipeline(pipeline)
      let board = try await session.call(
        "deal.board",
        ["pipeline": .integer(try Directory.id(pipeline)), "limit": .integer(cardsPerStage)])
      let view = BoardView(
        title: pipeline["name"]?.string ?? "", board: board,
        people: try await directory.userNames())
      return Answer(
        json: board, rows: view.rows,
        origin: Origin("deal.board", "stages", "cards", leading: ["stage_name"]),
        text: view.lines)
    }
    context.present(answer)
  }
}
