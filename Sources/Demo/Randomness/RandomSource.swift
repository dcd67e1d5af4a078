/// A source of numbers that look random and depend on its seed alone (SplitMix64).
///
/// The standard library's own drawing may change between versions of Swift; what stands here does not,
/// so that the same seed makes the same company everywhere. Nothing secret may come from it.
struct RandomSource: Sendable {
  private var state: UInt64

  /// A source of its own for one thing among many: whatever is drawn for another does not shift it.
  init(seed: UInt64, _ purpose: String, _ index: Int = 0) {
    // FNV-1a spreads the purpose over the 64 bits.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in purpose.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    state = seed ^ hash
    state = next() &+ UInt64(truncatingIfNeeded: index) &* 0xd134_2543_de82_ef95
  }

  /// The next 64 bits.
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// A whole number from zero up to, but without, the bound, which must be positive.
  mutating func below(_ bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A whole number within the range.
  mutating func within(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }

  /// A number from zero up to, but without, one.
  mutating func unit() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// True that often.
  mutating func chance(_ probability: Double) -> Bool {
    unit() < probability
  }

  /// One of the elements, of which there must be some.
  mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[below(elements.count)]
  }

  /// One of the elements, each as often as its weight says; there must be some.
  mutating func pick<Element>(
    _ elements: [Element], weight: (Element) -> Double
  ) -> Element {
    var left = unit() * elements.reduce(0) { $0 + weight($1) }
    for element in elements {
      left -= weight(element)
      if left < 0 { return element }
    }
    return elements[elements.count - 1]
  }

  /// The elements in another order.
  mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var elements = elements
    for index in elements.indices.dropFirst().reversed() {
      elements.swapAt(index, below(index + 1))
    }
    return elements
  }
}
