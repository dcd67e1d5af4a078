/// What the keys of a workplace mean.
enum WorkHelp {
  /// The most used ones, in one line.
  static func line(_ view: Workplace.View) -> String {
    let other = view == .board ? "t my day" : "t board"
    return "? keys  \(other)  Enter show  m move  n note  p plan  d done  q quit  "
      + "c missed  w win  x lose  a add  / find"
  }

  private static let keys: [(String, String)] = [
    ("← → ↑ ↓ or h l k j", "choose a card"),
    ("t or Tab", "the board, or my day: overdue, today's, incoming, neglected"),
    ("Enter", "the whole card: client, plans, notes, history; all keys for cards work there"),
    ("m", "move it to another stage"),
    (">", "move it to the next stage"),
    ("n", "add a note to it"),
    ("p", "plan a call, a meeting, a message"),
    ("d", "the next planned activity is done (in my day: the one chosen)"),
    ("c", "called and not reached: plan the next call"),
    ("b", "asked to call back: plan it"),
    ("w  x  i", "won (a lead becomes a deal), lost, invalid"),
    ("o", "open a closed card again"),
    ("z", "pause its clocks until a day, or let them go on"),
    ("y", "its invoices: make one, or note a payment"),
    ("e", "change its title, amount, client, company, source, last contact or a field"),
    ("s", "make somebody else responsible"),
    ("f", "the client's other leads and deals"),
    ("a", "add a card to the first stage"),
    ("/", "find a card by words, a number, a phone; closed ones too"),
    ("g", "another pipeline"),
    ("u", "only mine, or everybody's"),
    ("r", "ask the server anew"),
    ("Ctrl-Z", "leave for the shell; fg comes back"),
    ("q", "quit"),
  ]

  private static let rest = [
    "Letters count by their place on the keyboard: a Russian layout need not be switched.",
    "In a question: Enter answers, Ctrl-U empties the line, Esc gives up.",
  ]

  /// All of it, broken at a width.
  static func lines(_ columns: Int) -> [String] {
    let label = columns < 50 ? 10 : 22
    let wrapped = { (text: String, width: Int) in
      WrappedText.lines(text, width: width, indent: 0).map { FittedText.cut($0, to: width) }
    }
    let told = keys.flatMap { key, meaning in
      let name = FittedText.pad(key, to: label)
      guard DisplayWidth.of(name) == label, columns - label >= 20 else {
        return wrapped("\(key): \(meaning)", columns)
      }
      return wrapped(meaning, columns - label).enumerated().map { index, text in
        (index == 0 ? name : String(repeating: " ", count: label)) + text
      }
    }
    return told + [""] + rest.flatMap { wrapped($0, columns) }
  }
}
