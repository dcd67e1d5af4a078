/// Numbers that are random enough and cost nothing (SplitMix64).
struct LoadRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 up to but not including the bound.
  mutating func below(_ bound: Int) -> Int {
    // The parentheses matter: in Swift a shift binds more tightly than a product.
    Int(((next() >> 32) &* UInt64(bound)) >> 32)
  }
}
