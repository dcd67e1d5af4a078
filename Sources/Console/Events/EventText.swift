internal import JSON

/// An event as a line for people.
struct EventText: Sendable {
  let stages: [Int64: String]
  let people: [Int64: String]
  let style: Style

  /// Its number, moment, name, thing, and what is told of where that is and by whom.
  @Sendable func line(_ event: JSON) -> String {
    let name = FittedText.pad(CellText.exact(event["name"]), to: 18)
    let thing = [CellText.exact(event["noun"]), CellText.exact(event["id"])]
    let rest = [
      thing.filter { !$0.isEmpty }.joined(separator: " "), card(event), place(event),
      usage(event), by(event),
    ]
    let parts = [
      style(.faint, TerminalText.line(CellText.exact(event["sequence"]))),
      TerminalText.line(CellText.plain(event["at"])), style(.bold, TerminalText.line(name)),
      TerminalText.line(rest.filter { !$0.isEmpty }.joined(separator: "  ")),
    ]
    return parts.joined(separator: "  ").trimmingTrailingSpaces()
  }

  private func card(_ event: JSON) -> String {
    event["card"].map { "on card \(CellText.exact($0))" } ?? ""
  }

  private func place(_ event: JSON) -> String {
    let from = event["from"]?["stage"]?.int64
    let to = event["stage"]?.int64
    let names = (from == to ? [to] : [from, to]).compactMap(\.self).map {
      stages[$0] ?? "stage \($0)"
    }
    return names.joined(separator: " → ")
  }

  private func usage(_ event: JSON) -> String {
    guard let limit = event["limit"]?.string else { return "" }
    let numbers = "\(CellText.exact(event["used"])) of \(CellText.exact(event["max"]))"
    return "\(limit): \(numbers) in the plan \(CellText.exact(event["plan"]))"
  }

  private func by(_ event: JSON) -> String {
    let user = PersonText.name(event["user"], people: people)
    return user.isEmpty ? "" : "by \(user)"
  }
}
