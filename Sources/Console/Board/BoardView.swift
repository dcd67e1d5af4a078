internal import JSON

/// A board as columns side by side or, where there is no terminal to fit, as a list.
struct BoardView: Sendable {
  struct Card: Sendable {
    let id: String
    let title: String
    let amount: String
    let responsible: String
    /// The nearest of what is planned.
    let next: String
    /// Until when and why it is paused, or that it stands here for too long.
    let sign: String
  }

  struct Stage: Sendable {
    let name: String
    let count: Int64
    let amount: String
    let cards: [Card]
    let hasMore: Bool
  }

  let title: String
  let stages: [Stage]

  init(title: String, board: JSON, people: [Int64: String]) {
    let stages = board["stages"]?.array ?? []
    self.title = TerminalText.line(title)
    self.stages = stages.map { stage in
      let cards = (stage["cards"]?.array ?? []).map { Self.card($0, people: people) }
      let count = stage["count"]?.int64 ?? Int64(cards.count)
      return Stage(
        name: TerminalText.line(stage["name"]?.string ?? ""), count: count,
        amount: CellText.money(stage["amount"]) ?? "", cards: cards,
        hasMore: count > Int64(cards.count))
    }
  }

  private static func card(_ card: JSON, people: [Int64: String]) -> Card {
    Card(
      id: CellText.exact(card["id"]), title: TerminalText.line(card["title"]?.string ?? ""),
      amount: CellText.money(card["amount"]) ?? "",
      responsible: TerminalText.line(PersonText.name(card["responsible"], people: people)),
      next: next(card["next_activity"]), sign: ClockLines.sign(of: card))
  }

  private static func next(_ activity: JSON?) -> String {
    guard let activity else { return "" }
    let due = CellText.plain(activity["due_at"])
    return "→ \(CellText.plain(activity["type"])) \(due)"
      + (activity["overdue"] == true ? " !" : "")
  }

  /// The cards of a board, each with the name of its stage.
  static func rows(of board: JSON) -> JSON {
    .array(
      (board["stages"]?.array ?? []).flatMap { stage -> [JSON] in
        (stage["cards"]?.array ?? []).map { card in
          var members: JSONObject = ["stage_name": stage["name"] ?? .null]
          for member in card.object?.members ?? [] { members[member.name] = member.value }
          return .object(members)
        }
      })
  }

  @Sendable func lines(_ page: Page) -> [String] {
    let heading = page.style(.bold, title)
    guard let width = page.width, width >= 24 else { return [heading] + list(page.style) }
    return [heading] + columns(width: width, style: page.style)
  }

  private func list(_ style: Style) -> [String] {
    stages.flatMap { stage -> [String] in
      let counts = [stage.name, Amount.grouped(stage.count), stage.amount]
      return ["", style(.bold, counts.filter { !$0.isEmpty }.joined(separator: "  "))]
        + stage.cards.map { card in
          "  "
            + [card.id, card.title, card.amount, card.responsible, card.next, card.sign]
            .filter { !$0.isEmpty }.joined(separator: "  ")
        } + (stage.hasMore ? ["  …"] : [])
    }
  }

  /// As many stages side by side as stay readable; the rest in further bands below.
  private func columns(width: Int, style: Style) -> [String] {
    let gap = 2
    let narrowest = 20
    let fitting = max(1, (width + gap) / (narrowest + gap))
    let bands = (stages.count + fitting - 1) / fitting
    guard bands > 0 else { return [] }
    let perBand = (stages.count + bands - 1) / bands
    let column = min(36, (width - gap * (perBand - 1)) / perBand)
    return stride(from: 0, to: stages.count, by: perBand).flatMap { start in
      let band = stages[start..<min(start + perBand, stages.count)]
        .map { lines(of: $0, width: column, style: style) }
      let height = band.map(\.count).max() ?? 0
      let rows = (0..<height).map { row in
        band.map { row < $0.count ? $0[row] : String(repeating: " ", count: column) }
          .joined(separator: String(repeating: " ", count: gap)).trimmingTrailingSpaces()
      }
      return [""] + rows
    }
  }

  private func lines(of stage: Stage, width: Int, style: Style) -> [String] {
    let fit = { (text: String) in FittedText.fit(text, to: width) }
    var lines = [
      style(.bold, fit(stage.name)),
      style(.cyan, fit("\(Amount.grouped(stage.count)) · \(stage.amount)")),
      style(.faint, String(repeating: "─", count: width)),
    ]
    for card in stage.cards {
      let facts = [card.amount, card.responsible].filter { !$0.isEmpty }
      lines.append(fit("\(card.id) \(card.title)"))
      lines.append(style(.faint, fit("  " + facts.joined(separator: " · "))))
      for text in [card.next, card.sign] where !text.isEmpty {
        lines.append(style(.faint, fit("  " + text)))
      }
    }
    if stage.hasMore {
      lines.append(
        style(.faint, fit("… \(Amount.grouped(stage.count - Int64(stage.cards.count))) more")))
    }
    return lines
  }
}
