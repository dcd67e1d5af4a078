internal import JSON

/// The change that would allow something, as the command that makes it.
enum WouldNeedText {
  static func line(_ needed: JSON?) -> String {
    guard let needed else { return "" }
    if needed["reactivate"]?.bool == true { return "reactivate the user" }
    let actions = (needed["actions"]?.array ?? []).compactMap(\.string).joined(separator: " ")
    var line = "grant give \(CellText.exact(needed["pipeline"])) \(actions)"
    if let user = needed["to"]?["user"]?.int64 { line += " --user \(user)" }
    if let cards = needed["cards"]?.string, cards != "own" { line += " --cards \(cards)" }
    if let outcome = needed["outcome"]?.string, outcome != "any" { line += " --outcome \(outcome)" }
    for stage in needed["stages"]?.array ?? [] { line += " --stage \(CellText.exact(stage))" }
    return line
  }
}
