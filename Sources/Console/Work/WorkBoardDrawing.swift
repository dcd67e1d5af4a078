internal import JSON

/// The board as lines for a screen of some size.
struct WorkBoardDrawing {
  let board: WorkBoard
  let people: [Int64: String]
  let style: Style
  let columns: Int
  let lines: Int
  let moments: SellerMoment

  private static let gap = 1
  private static let narrowest = 22
  private static let linesPerCard = 2

  /// As many columns as fit around the chosen one, each scrolled to what is chosen in it.
  func drawn() -> [String] {
    guard !board.columns.isEmpty else { return ["No open stages that you may see."] }
    let fitting = max(
      1, min(board.columns.count, (columns + Self.gap) / (Self.narrowest + Self.gap)))
    let width = max(8, (columns - Self.gap * (fitting - 1)) / fitting)
    let first = max(0, min(board.column - fitting / 2, board.columns.count - fitting))
    let shown = (first..<first + fitting).map { index in
      self.column(
        index, width: width, before: index == first && first > 0,
        after: index == first + fitting - 1 && index < board.columns.count - 1)
    }
    return (0..<lines).map { line in
      shown.map { line < $0.count ? $0[line] : String(repeating: " ", count: width) }
        .joined(separator: String(repeating: " ", count: Self.gap))
    }
  }

  /// - Parameters:
  ///   - before: whether there are columns on the left of it that do not fit.
  ///   - after: whether there are on the right.
  private func column(_ index: Int, width: Int, before: Bool, after: Bool) -> [String] {
    let column = board.columns[index]
    let isChosen = index == board.column
    let fit = { (text: String) in FittedText.fit(text, to: width) }
    let sum = [Amount.grouped(column.count), column.amount].filter { !$0.isEmpty }
    let name =
      FittedText.fit((before ? "‹ " : "") + column.name, to: width - (after ? 2 : 0))
      + (after ? " ›" : "")
    var result = [
      style(isChosen ? .cyan : .bold, name),
      style(.faint, fit(sum.joined(separator: " · "))),
    ]
    let room = max(1, (lines - result.count - 1) / Self.linesPerCard)
    let start = isChosen ? max(0, board.row - room + 1) : 0
    for (row, card) in column.cards.enumerated().dropFirst(start).prefix(room) {
      let marked = isChosen && row == board.row
      let title = "\(CellText.exact(card["id"])) \(TerminalText.line(card["title"]?.string ?? ""))"
      result.append(
        marked ? style(.inverse, fit("▸ " + title)) : fit("  " + title))
      result.append(style(.faint, fit("    " + facts(of: card))))
    }
    let below = column.count - Int64(min(column.cards.count, start + room))
    if below > 0 { result.append(style(.faint, fit("  … \(Amount.grouped(below)) more"))) }
    return result
  }

  private func facts(of card: JSON) -> String {
    let person = PersonText.name(card["responsible"], people: people)
    var facts = [
      CellText.money(card["amount"]) ?? "", TerminalText.line(person),
    ]
    if let next = card["next_activity"], !next.isNull {
      let mark = next["overdue"] == true ? "! " : ""
      facts.insert(
        mark + moments.text(next["due_at"]) + " " + CellText.plain(next["type"]), at: 0)
    }
    // Who asks again comes first.
    if card["repeat"] == true { facts.insert("repeat", at: 0) }
    facts.insert(ClockLines.sign(of: card, moment: moments.text), at: 0)
    return facts.filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
