internal import JSON

/// One card for people: its members with names in place of ids.
enum CardAnswer {
  static func make(_ card: JSON, names: CardNames, heading: String? = nil) -> Answer {
    Answer(json: card, origin: Origin("deal.get")) { page in
      let members =
        WarningLines.of(card)
        + GenericAnswer.members(
          names.readable(card.without("warnings").without("clocks")), page: page)
        + clocks(of: card, names: names, page: page)
      return heading.map { [TerminalText.line($0)] + members } ?? members
    }
  }

  private static func clocks(of card: JSON, names: CardNames, page: Page) -> [String] {
    guard let clocks = card["clocks"] else { return [] }
    return ["", page.style(.bold, "clocks")]
      + GenericAnswer.members(ClockLines.readable(clocks, people: names.people), page: page)
  }
}

extension JSON {
  /// The same object without one member.
  fileprivate func without(_ name: String) -> JSON {
    guard var object else { return self }
    object[name] = nil
    return .object(object)
  }
}
