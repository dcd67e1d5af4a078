/// How somebody works: what makes one person's funnel differ from another's.
struct Seller: Sendable {
  let colleague: Colleague
  /// How their odds of every next step compare with the usual ones.
  let skill: Double
  /// How much longer than usual they take.
  let slowness: Double
  /// How often a deal of theirs is left standing in a stage.
  let neglect: Double
}
