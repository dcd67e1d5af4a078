/// How cards that need somebody else are spread over several people.
public enum CardSpread {
  /// A card and where it is.
  public struct Card: Sendable, Hashable {
    /// The card's id.
    public let card: Int64
    /// Its pipeline's id.
    public let pipeline: Int64

    /// A card in a pipeline.
    public init(card: Int64, pipeline: Int64) {
      self.card = card
      self.pipeline = pipeline
    }
  }

  /// Gives each card to whoever of those who may take cards of its pipeline has been given the fewest;
  /// pipelines that few may take from come first. The order of the cards and people makes no difference.
  /// - Parameter takers: who may take cards, by pipeline.
  /// - Returns: who gets which card; a card that nobody may take is not among them.
  public static func spread(
    _ cards: [Card], among takers: [Int64: Set<Int64>]
  ) -> [(card: Int64, taker: Int64)] {
    let byScarcity = cards.sorted { left, right in
      let (some, others) = (takers[left.pipeline] ?? [], takers[right.pipeline] ?? [])
      return (some.count, left.pipeline, left.card) < (others.count, right.pipeline, right.card)
    }
    let ordered = takers.mapValues { $0.sorted() }
    var given: [Int64: Int] = [:]
    return byScarcity.compactMap { item in
      let candidates = ordered[item.pipeline] ?? []
      guard let taker = candidates.min(by: { (given[$0] ?? 0) < (given[$1] ?? 0) }) else {
        return nil
      }
      given[taker, default: 0] += 1
      return (item.card, taker)
    }
  }
}
