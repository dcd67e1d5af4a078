internal import JSON

/// `voronka deal history ID` and `voronka lead history ID`: where a card was, since when, for how long, by whom.
public struct DealHistoryCommand: ConsoleCommand {
  let id: Int64
  private let noun: String

  /// The deal of an id, or the lead.
  public init(id: Int64, of noun: String = "deal") {
    self.noun = noun
    self.id = id
  }

  /// Asks the server and prints what happened in order.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let result = try await session.call("\(noun).history", ["id": .integer(id)])
      let names = try await CardNames.load(Directory(session: session))
      return Self.answer(result, names: names, Origin("\(noun).history", "items"))
    }
    context.present(answer)
  }

  private static func answer(
    _ result: JSON, names: CardNames, _ origin: Origin
  ) -> Answer {
    Listing.answer(
      json: result, items: result["items"]?.array ?? [],
      columns: [
        .member("at", "WHEN"),
        Listing.Column("WHO") { PersonText.name($0["user"], people: names.people) },
        .member("change", "WHAT"),
        Listing.Column("DETAILS") { details($0["details"], names: names) },
      ], ifEmpty: "No history.", origin: origin)
  }

  /// Stages by their names, whatever else the entry holds as it stands.
  private static func details(_ details: JSON?, names: CardNames) -> String {
    guard var rest = details?.object else { return CellText.plain(details) }
    let stages = [rest["from"], rest["to"]].map { DealColumns.name($0, in: names.stages) }
    let move = stages.filter { !$0.isEmpty }.joined(separator: " → ")
    if rest["from"]?.string == nil, rest["to"]?.string == nil, !move.isEmpty {
      rest["from"] = nil
      rest["to"] = nil
    }
    let people = ["from_user", "to_user"].compactMap { rest[$0]?.int64 }
      .map { names.people[$0] ?? "#\($0)" }
    let changed = rest.members.filter { $0.value == true }.map(\.name)
    let stay = rest["stayed_s"]?.double.map { "after \(Span.short(seconds: $0))" }
    for name in ["from_user", "to_user", "stayed_s"] + changed { rest[name] = nil }
    let words = [
      move, people.joined(separator: " → "), stay ?? "", changed.joined(separator: ", "),
      rest.isEmpty ? "" : CellText.plain(.object(rest)),
    ]
    return words.filter { !$0.isEmpty }.joined(separator: "  ")
  }
}
