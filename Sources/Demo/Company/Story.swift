internal import SalesRules

/// A card's history while it is being told: what would come after the end of history is left out.
struct Story {
  let end: Timestamp
  private(set) var events: [CardEvent] = []
  private(set) var outcome = Outcome.open
  private(set) var reason: String?
  private(set) var comment: String?

  init(end: Timestamp) {
    self.end = end
  }

  mutating func enter(_ stage: String, at moment: Timestamp, by: String?) {
    guard moment < end else { return }
    events.append(CardEvent(stage: stage, at: moment, by: by))
  }

  mutating func close(
    _ stage: String, _ outcome: Outcome, at moment: Timestamp, by: String?, reason: String? = nil,
    comment: String? = nil
  ) {
    guard moment < end else { return }
    enter(stage, at: moment, by: by)
    self.outcome = outcome
    self.reason = reason
    self.comment = comment
  }
}
