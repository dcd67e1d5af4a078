internal import Postgres

/// What hangs on a contact that is erased, as it was when its data were looked for: what has come since would
/// keep them.
struct ErasedBelongings {
  private(set) var cards: [Int64] = []
  private var cardVersions: [Int64] = []
  private var notes: [Int64] = []
  private var activities: [Int64] = []
  private var activityVersions: [Int64] = []

  init() {}

  /// From the rows of `ContactErasureStatements`, which also find what only names the contact.
  init(cards: Rows, notes: Rows, activities: Rows) throws {
    for row in cards where try row.bool(6) {
      self.cards.append(try row.integer(0))
      cardVersions.append(try row.integer(1))
    }
    for row in notes where try row.bool(2) { self.notes.append(try row.integer(0)) }
    for row in activities where try row.bool(3) {
      self.activities.append(try row.integer(0))
      activityVersions.append(try row.integer(4))
    }
  }

  /// What rolls the erasure back where it is not just that any more. History and pauses come with the versions
  /// of their cards.
  func guarding(tenant: Int64, contact: Int64) -> BoundStatement {
    ContactErasureStatements.requireBelongings(
      .integer(tenant), .integer(contact), .integers(cards), .integers(cardVersions),
      .integers(notes), .integers(activities), .integers(activityVersions))
  }
}
