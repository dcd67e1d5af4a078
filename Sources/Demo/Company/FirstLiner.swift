/// How somebody of the first line works.
struct FirstLiner: Sendable {
  let colleague: Colleague
  /// The median of seconds until the first answer.
  let answersWithin: Double
  /// How much more or less often than usual they pass a lead on.
  let readiness: Double
}
