/// How cards that need somebody else are spread over several people.
public enum CardSpread {
  /// A card and where it is.
  public struct Card: Sendable, Hashable {
    /// The card's id.
    public let card: Int64
    /// The id of the stage in which it stands.
    public let stage: Int64

    /// A card in a stage.
    public init(card: Int64, stage: Int64) {
      self.card = card
      self.stage = stage
    }
  }

  /// Gives each card to whoever of those who may take cards of its stage has been given the fewest;
  /// stages that few may take from come first. The order of the cards and people makes no difference.
  /// - Parameter takers: who may take cards, by stage.
  /// - Returns: who gets which card; a card that nobody may take is not among them.
  public static func spread(
    _ cards: [Card], among takers: [Int64: Set<Int64>]
  ) -> [(card: Int64, taker: Int64)] {
    let byScarcity = cards.sorted { left, right in
      let (some, others) = (takers[left.stage] ?? [], takers[right.stage] ?? [])
      return (some.count, left.stage, left.card) < (others.count, right.stage, right.card)
    }
    let ordered = takers.mapValues { $0.sorted() }
    var given: [Int64: Int] = [:]
    return byScarcity.compactMap { item in
      let candidates = ordered[item.stage] ?? []
      guard let taker = candidates.min(by: { (given[$0] ?? 0) < (given[$1] ?? 0) }) else {
        return nil
      }
      given[taker, default: 0] += 1
      return (item.card, taker)
    }
  }
}
