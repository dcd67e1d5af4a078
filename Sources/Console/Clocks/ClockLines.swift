internal import JSON

/// A card's clocks for people.
enum ClockLines {
  /// The members of `clocks`, each with its limit and whether it is over.
  static func readable(_ clocks: JSON, people: [Int64: String]) -> JSONObject {
    var lines: JSONObject = [
      "in stage": .string(
        span(clocks["in_stage_s"], of: clocks["dwell_limit_s"], isOver: clocks["overstayed"])),
      "life": .string(
        span(clocks["life_s"], of: clocks["life_limit_s"], isOver: clocks["outlived"])),
      "silence": .string(span(clocks["silence_s"])),
    ]
    if let paused = clocks["paused"], !paused.isNull {
      let person = PersonText.name(paused["by"], people: people)
      let by = person.isEmpty ? "" : " (\(person))"
      lines["paused"] = .string(
        "until \(CellText.plain(paused["until"])): \(CellText.plain(paused["reason"]))\(by)")
    }
    return lines
  }

  private static func span(_ seconds: JSON?, of limit: JSON? = nil, isOver: JSON? = nil) -> String {
    let text = Span.short(seconds: seconds?.double ?? 0)
    guard let limit = limit?.double else { return text }
    return "\(text) of \(Span.short(seconds: limit))\(isOver == true ? ", over" : "")"
  }

  /// The sign of a card on boards: until when it is paused and why, or that it stands for too long; empty for others.
  static func sign(
    of card: JSON, moment: (JSON?) -> String = { CellText.plain($0) }
  ) -> String {
    if let paused = card["paused"], !paused.isNull {
      return TerminalText.line(
        "‖ \(moment(paused["until"])) \(CellText.plain(paused["reason"]))")
    }
    return card["overstayed"] == true ? "! too long here" : ""
  }
}
