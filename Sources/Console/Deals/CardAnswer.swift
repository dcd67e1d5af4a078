internal import JSON

/// One card for people: its members with names in place of ids.
enum CardAnswer {
  static func make(_ card: JSON, names: CardNames, heading: String? = nil) -> Answer {
    Answer(json: card, origin: Origin("deal.get")) { page in
      let members = GenericAnswer.members(names.readable(card), page: page)
      return heading.map { [TerminalText.line($0)] + members } ?? members
    }
  }
}
