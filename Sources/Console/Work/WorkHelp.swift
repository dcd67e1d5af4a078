/// What the keys of a workplace mean.
enum WorkHelp {
  /// The most used ones, in one line.
  static func line(_ view: Workplace.View) -> String {
    let other = view == .board ? "t my day" : "t board"
    return "? keys  \(other)  Enter show  m move  n note  p plan  d done  q quit  "
      + "c missed  w win  x lose  a add  / find"
  }

  static let lines = [
    "← → ↑ ↓ or h l k j   choose a card",
    "t or Tab              the board, or my day: overdue, today's, incoming, neglected",
    "Enter                 the whole card: client, plans, notes, history; all keys for cards work there",
    "m                     move it to another stage",
    ">                     move it to the next stage",
    "n                     add a note to it",
    "p                     plan a call, a meeting, a message",
    "d                     the next planned activity is done (in my day: the one chosen)",
    "c                     called and not reached: plan the next call",
    "b                     asked to call back: plan it",
    "w  x  i               won, lost, invalid",
    "o                     open a closed card again",
    "y                     its invoices: make one, or note a payment",
    "e                     change its title, amount, client or a field",
    "s                     make somebody else responsible",
    "f                     the client's other leads and deals",
    "a                     add a card to the first stage",
    "/                     find a card by words, a number, a phone; closed ones too",
    "g                     another pipeline",
    "u                     only mine, or everybody's",
    "r                     ask the server anew",
    "Ctrl-Z                leave for the shell; fg comes back",
    "q                     quit",
    "",
    "Letters count by their place on the keyboard: a Russian layout need not be switched.",
    "In a question: Enter answers, Esc gives up.",
  ]
}
