extension GateStep {
  /// The same step of a card of which it is known whether somebody is responsible when it is done: a rule may
  /// choose somebody, and who is named later does not count.
  public func leaving(responsible isThere: Bool) -> GateStep {
    func known(_ filled: Set<String>) -> Set<String> {
      isThere
        ? filled.union([CardField.responsible.rawValue])
        : filled.subtracting([CardField.responsible.rawValue])
    }
    func known(_ card: GateCard) -> GateCard {
      var card = card
      card.filled = known(card.filled)
      return card
    }
    switch self {
    case .create(let filled, let stage): return .create(filled: known(filled), stage: stage)
    case .move(let card, let stage): return .move(known(card), to: stage)
    case .transfer(let card, let target, let stage):
      return .transfer(known(card), into: target, stage: stage)
    case .win(let card): return .win(known(card))
    case .lose(let card, let stage): return .lose(known(card), stage: stage)
    case .invalidate(let card, let stage): return .invalidate(known(card), stage: stage)
    case .convert(let card, let target, let stage, let filled, let exit):
      return .convert(card, into: target, stage: stage, filled: known(filled), through: exit)
    case .copy(let card, let target, let stage, let filled, let hasOpenCopy):
      return .copy(
        card, into: target, stage: stage, filled: known(filled), hasOpenCopy: hasOpenCopy)
    case .reopen(let card, let stage): return .reopen(known(card), stage: stage)
    case .import, .relocate: return self
    }
  }
}
