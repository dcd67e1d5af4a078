import SalesRules
import Testing

@Suite struct CardSpreadTests {
  private func cards(_ count: Int, in stage: Int64, from first: Int64 = 1) -> [CardSpread.Card] {
    (0..<Int64(count)).map { CardSpread.Card(card: first + $0, stage: stage) }
  }

  private func shares(_ given: [(card: Int64, taker: Int64)]) -> [Int64: Int] {
    Dictionary(grouping: given, by: \.taker).mapValues(\.count)
  }

  @Test func `Among equals nobody gets two more than another`() {
    for count in 0...20 {
      let given = CardSpread.spread(cards(count, in: 1), among: [1: [7, 8, 9]])
      #expect(Set(given.map(\.card)).count == count)
      let counts = [7, 8, 9].map { shares(given)[$0] ?? 0 }
      #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
    }
  }

  @Test func `Who alone may take some cards gets fewer of the others`() {
    let given = CardSpread.spread(
      cards(6, in: 1) + cards(4, in: 2, from: 100), among: [1: [7, 8], 2: [7]])
    #expect(shares(given) == [7: 5, 8: 5])
    #expect(given.filter { $0.card >= 100 }.allSatisfy { $0.taker == 7 })
  }

  @Test func `A card that nobody may take stays out, and the order of cards does not matter`() {
    let all = cards(5, in: 1) + cards(2, in: 2, from: 100)
    let given = CardSpread.spread(all, among: [1: [7, 8], 2: []])
    #expect(given.map(\.card).sorted() == [1, 2, 3, 4, 5])
    let turned = CardSpread.spread(all.reversed(), among: [1: [8, 7], 2: []])
    #expect(given.map(\.card) == turned.map(\.card) && given.map(\.taker) == turned.map(\.taker))
  }
}
