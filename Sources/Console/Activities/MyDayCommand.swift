internal import JSON

/// `voronka my day`: what somebody has to do, most urgent first.
public struct MyDayCommand: ConsoleCommand {
  let date: String?
  let user: String?

  /// The day of a date, today's where there is none; of a user by id, e-mail or name, or one's own.
  public init(date: String?, user: String?) {
    self.date = date
    self.user = user
  }

  /// Asks the server and prints the parts of the day.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      var params = JSONObject()
      params["date"] = date.map { .string($0) }
      if let user {
        params["user"] = .integer(try await Directory(session: session).user(user))
      }
      let day = try await session.call("activity.my_day", .object(params))
      return Self.answer(day)
    }
    context.present(answer)
  }

  private static let parts = [
    ("overdue", "Overdue"), ("today", "Today"), ("incoming", "Incoming, not answered"),
    ("neglected", "Neglected: nothing is planned"),
  ]

  private static func answer(_ day: JSON) -> Answer {
    Answer(json: day, rows: .array(rows(day))) { page in
      let heading = page.style(.bold, TerminalText.line(day["date"]?.string ?? ""))
      return parts.reduce(into: [heading]) { lines, part in
        let items = day[part.0]?["items"]?.array ?? []
        let count = day[part.0]?["count"]?.int64 ?? Int64(items.count)
        lines += ["", page.style(.bold, "\(part.1) (\(Amount.grouped(count)))")]
        guard !items.isEmpty else { return }
        var table = TextTable(
          [
            TextTable.Column("WHEN", .left), TextTable.Column("WHAT", .left),
            TextTable.Column("CARD", .right), TextTable.Column("TITLE", .left),
            TextTable.Column("SUBJECT", .left), TextTable.Column("ACTIVITY", .right),
          ])
        for item in items { table.append(cells(item)) }
        lines += table.lines(width: page.width, style: page.style)
        if count > Int64(items.count) {
          lines.append("… \(Amount.grouped(count - Int64(items.count))) more")
        }
      }
    }
  }

  private static func cells(_ item: JSON) -> [String] {
    let (activity, card) = (item["activity"], item["card"])
    let isDone = activity?["done_at"]?.isNull == false
    let moment = activity.map { isDone ? $0["done_at"] : $0["due_at"] } ?? card?["touched_at"]
    return [
      CellText.plain(moment), activity.map { CellText.plain($0["type"]) } ?? "last touched",
      CellText.exact(card?["id"]), CellText.plain(card?["title"]),
      activity.map { CellText.plain($0["subject"]) } ?? "",
      activity.map { CellText.exact($0["id"]) } ?? "",
    ]
  }

  /// One row for each thing to do, with the name of its part.
  private static func rows(_ day: JSON) -> [JSON] {
    parts.flatMap { part in
      (day[part.0]?["items"]?.array ?? []).map { item in
        var row: JSONObject = ["part": .string(part.0)]
        for member in item.object?.members ?? [] { row[member.name] = member.value }
        return .object(row)
      }
    }
  }
}
