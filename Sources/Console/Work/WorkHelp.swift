/// What the keys of a workplace mean.
enum WorkHelp {
  static let line =
    "? all keys  m move  > next  n note  p plan  d done  c missed  w win  x lose  a add  / find  q quit"

  static let lines = [
    "← → ↑ ↓ or h l k j   choose a card",
    "Enter                 show it with its notes and what is planned",
    "m                     move it to another stage",
    ">                     move it to the next stage",
    "n                     add a note to it",
    "p                     plan a call, a meeting, a message",
    "d                     the next planned activity is done",
    "c                     called and not reached: plan the next call",
    "b                     asked to call back: plan it",
    "w  x  i               won, lost, invalid",
    "a                     add a card to the first stage",
    "e                     change its title or amount",
    "/                     find a card by words, a number, a phone",
    "r                     ask the server anew",
    "q                     quit",
  ]
}
