internal import JSON

/// `voronka deal history ID`: where a deal was, since when, for how long, by whom.
public struct DealHistoryCommand: ConsoleCommand {
  let id: Int64

  /// The deal of an id.
  public init(id: Int64) {
    self.id = id
  }

  /// Asks the server and prints what happened in order.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.with(context) { session in
      let result = try await session.call("deal.history", ["id": .integer(id)])
      let names = try await CardNames.load(Directory(session: session))
      return Self.answer(result, names: names)
    }
    context.present(answer)
  }

  /// Ids of stages and people become names, whatever else the entries hold stays.
  private static func answer(_ result: JSON, names: CardNames) -> Answer {
    guard let items = result["items"]?.array else { return GenericAnswer.make(result) }
    let readable = items.map { item -> JSON in
      var members = item.object ?? JSONObject()
      for name in ["stage", "from", "to", "from_stage", "to_stage"] {
        if let id = members[name]?.int64 {
          members[name] = .string(DealColumns.name(.integer(id), in: names.stages))
        }
      }
      for name in ["by", "user", "responsible"] {
        if members[name]?.int64 != nil {
          members[name] = .string(PersonText.name(members[name], people: names.people))
        }
      }
      return .object(members)
    }
    let shown = GenericAnswer.make(["items": .array(readable)])
    return Answer(json: result, csv: FlatRows(result).rows, text: shown.text)
  }
}
