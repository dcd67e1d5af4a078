internal import JSON

/// A pipeline's open stages as columns of cards, and which card is chosen.
struct WorkBoard: Sendable {
  struct Column: Sendable {
    let stage: Int64
    let name: String
    let count: Int64
    let amount: String
    let cards: [JSON]
    /// What to do here; empty where the stage tells nothing.
    var hint = ""
  }

  private(set) var columns: [Column] = []
  private(set) var column = 0
  private(set) var row = 0

  /// The columns as they are now; what was chosen stays so, also in another column.
  mutating func take(_ board: JSON, pipeline: JSON) {
    let chosen = card?["id"]?.int64
    let open = Dictionary(
      (pipeline["stages"]?.array ?? []).filter { $0["kind"] == "open" }.compactMap { stage in
        stage["id"]?.int64.map { ($0, stage["hint"]?.string ?? "") }
      }, uniquingKeysWith: { first, _ in first })
    columns = (board["stages"]?.array ?? []).compactMap { stage in
      stage["stage"]?.int64.flatMap { id in
        open[id].map { Self.column(id, stage, hint: $0) }
      }
    }
    if let chosen { choose(chosen) }
    settle()
  }

  private static func column(_ id: Int64, _ stage: JSON, hint: String) -> Column {
    let cards = stage["cards"]?.array ?? []
    // Leads seldom have amounts: a sum of nothing tells nothing.
    let isWorth = stage["amount"]?["amount"]?.string?.contains(/[1-9]/) ?? false
    return Column(
      stage: id, name: TerminalText.line(stage["name"]?.string ?? ""),
      count: stage["count"]?.int64 ?? Int64(cards.count),
      amount: isWorth ? CellText.money(stage["amount"]) ?? "" : "", cards: cards, hint: hint)
  }

  /// Whether the chosen card is the last of those that were asked for, while its stage has more.
  var endsHere: Bool {
    guard columns.indices.contains(column) else { return false }
    let shown = columns[column]
    return row == shown.cards.count - 1 && Int64(shown.cards.count) < shown.count
  }

  /// The card that is chosen.
  var card: JSON? {
    guard columns.indices.contains(column), columns[column].cards.indices.contains(row) else {
      return nil
    }
    return columns[column].cards[row]
  }

  /// The stage after the one that is chosen; nil behind the last.
  var next: Column? { columns.indices.contains(column + 1) ? columns[column + 1] : nil }

  mutating func move(columns step: Int) {
    column += step
    settle()
  }

  mutating func move(rows step: Int) {
    row += step
    settle()
  }

  /// Chooses a card wherever it stands; does nothing where it is not on the board.
  mutating func choose(_ id: Int64) {
    for (index, candidate) in columns.enumerated() {
      guard let place = candidate.cards.firstIndex(where: { $0["id"]?.int64 == id }) else {
        continue
      }
      (column, row) = (index, place)
    }
  }

  /// Chooses the first card there is, where none is chosen.
  mutating func chooseAny() {
    guard card == nil, let place = columns.firstIndex(where: { !$0.cards.isEmpty }) else { return }
    (column, row) = (place, 0)
  }

  private mutating func settle() {
    column = max(0, min(column, columns.count - 1))
    let count = columns.indices.contains(column) ? columns[column].cards.count : 0
    row = max(0, min(row, count - 1))
  }
}
