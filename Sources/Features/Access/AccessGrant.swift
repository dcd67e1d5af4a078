internal import JSON
internal import Postgres
internal import SalesRules

/// A grant as it is kept.
struct AccessGrant: Sendable {
  var grant: Grant
  var version: Int64

  init(grant: Grant, version: Int64) {
    self.grant = grant
    self.version = version
  }

  /// From the columns of `GrantStatements`.
  init(_ row: Row) throws {
    let recipient: GrantRecipient
    if let user = try row.integerIfPresent(2) {
      recipient = .user(user)
    } else if let team = try row.integerIfPresent(3) {
      recipient = .team(team)
    } else {
      recipient = .everyone
    }
    grant = Grant(
      id: try row.integer(0), pipeline: try row.integer(1), recipient: recipient,
      actions: Set(try row.strings(4).compactMap { $0.flatMap(Action.init(rawValue:)) }),
      cards: try row.word(5), outcome: try row.word(6),
      stages: row.isNull(7) ? nil : Set(try row.integers(7)))
    version = try row.integer(8)
  }

  func write(to writer: inout JSONWriter) {
    writer.object {
      $0.member("id", grant.id)
      $0.member("pipeline", grant.pipeline)
      $0.recipient(grant.recipient)
      $0.member("actions", Action.allCases.filter(grant.actions.contains).map(\.rawValue))
      $0.member("cards", grant.cards.rawValue)
      $0.member("outcome", grant.outcome.rawValue)
      $0.stages(grant.stages)
      $0.member("version", version)
    }
  }

  /// The grant as a method's result.
  var answer: RawJSON {
    RawJSON { write(to: &$0) }
  }
}

extension JSONWriter {
  /// The member `stages`: to which stages a grant is narrowed, or null.
  mutating func stages(_ stages: Set<Int64>?) {
    name("stages")
    guard let stages else { return null() }
    array { for stage in stages.sorted() { $0.value(stage) } }
  }

  /// The member `to`: whom a grant is given to.
  mutating func recipient(_ recipient: GrantRecipient) {
    member("to") {
      switch recipient {
      case .user(let id): $0.member("user", id)
      case .team(let id): $0.member("team", id)
      case .everyone: $0.member("everyone", true)
      }
    }
  }
}
