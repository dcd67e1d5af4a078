internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `deal.board`: a pipeline as people look at it.
enum BoardMethods {
  static let all = [board]

  private static let limit = Member<Int64>.integer(
    "limit", 1...500, "How many cards to give of each stage at most; 20 where it is absent.")
  /// The most cards of one board, over all its stages: what a reply may take in memory.
  private static let mostCards = 10_000

  private static let stage = Schema.object(
    [
      "stage": .identifier, "name": .string, "kind": .string, "count": .integer,
      "amount": Shapes.moneyReference.nullable, "cards": .array(of: Shapes.cardReference),
      "next": Schema.string.nullable,
    ], required: ["stage", "name", "count", "amount", "cards", "next"])

  private static let board = Method(
    "deal.board", "A pipeline's stages with how many cards stand there, their sum, and the newest.",
    details:
      "Of the cards you may see, each with the nearest of its planned activities; `paused` and `overstayed` stand where "
      + "they apply. A stage's next goes on with deal.list or, in the pipeline for "
      + "leads, lead.list: give the same stage and filters, and next as after. A board has 10,000 cards at most: of "
      + "many stages each gives fewer than were asked for, and its next goes on.",
    takes: [.required(CardMembers.pipeline), .optional(limit)] + CardMembers.boardFilters,
    gives: .object(
      ["pipeline": .identifier, "stages": .array(of: stage)], required: ["pipeline", "stages"]),
    errors: [.notFound, .invalid],
    .read(.member) { call in
      let id = call.arguments[CardMembers.pipeline]
      guard let pipeline = call.company.pipeline(id), call.standing.knows(pipeline: id) else {
        throw RPCError.notFound(what: "pipeline")
      }
      guard call.standing.holds(.view, onPipeline: id) else {
        throw RPCError.forbidden(needs: Action.view.rawValue)
      }
      let stages = pipeline.stages.sorted { $0.position < $1.position }
      let limit = Parameter.integer(
        min(call.arguments[optional: limit] ?? 20, most(of: stages)))
      let places = Parameter.integers(stages.map(\.id))
      let statements =
        try await BoardFilter(pipeline.kind, call)?.statements(
          tenant: call.tenantParameter, pipeline: id, stages: places, limit: limit)
        ?? [
          BoardStatements.counts(call.tenantParameter, .integer(id)),
          BoardStatements.cards(call.tenantParameter, places, limit),
        ]
      let results = try await call.read(statements)
      return try answer(
        pipeline, stages, counts: results[0], cards: results[1],
        call)
    })

  private static func most(of stages: [Stage]) -> Int64 {
    max(1, Int64(mostCards / max(1, stages.count)))
  }

  private static func answer(
    _ pipeline: Pipeline, _ stages: [Stage], counts: Rows, cards: Rows, _ call: TenantCall
  ) throws -> RawJSON {
    let currency = call.company.currency
    var totals: [Int64: (count: Int64, amount: MoneyAmount?)] = [:]
    for row in counts {
      totals[try row.integer(0)] = (try row.integer(1), MoneyAmount(try row.string(2)))
    }
    let writer = CardRowWriter(call.company)
    let marks = CardMarks(call)
    var next = 0
    return try RawJSON(reservingCapacity: cards.count * CardRowWriter.usualSize) {
      try $0.object {
        $0.member("pipeline", pipeline.id)
        $0.name("stages")
        try $0.array {
          for stage in stages {
            let total = totals[stage.id] ?? (0, .zero)
            try $0.object {
              $0.member("stage", stage.id)
              $0.member("name", stage.name)
              $0.member("kind", stage.kind.rawValue)
              $0.member("count", total.count)
              $0.money("amount", total.amount, currency)
              let first = next
              $0.name("cards")
              try $0.array {
                while next < cards.count, try cards[next].integer(3) == stage.id {
                  try writer.write(cards[next], to: &$0, at: call.now) {
                    try marks.write(cards[next], pauses: CardStatements.width + 3, to: &$0)
                  }
                  next += 1
                }
              }
              let hasMore = Int64(next - first) < total.count && next > first
              $0.member(
                "next",
                hasMore
                  ? CardFilter.scope(
                    pipeline.kind, stage: stage.id, of: call.request.members
                  ).cursor(
                    try cards[next - 1].string(0)) : nil)
            }
          }
        }
      }
    }
  }
}
