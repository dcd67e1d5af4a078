internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `access.preview`: who would gain and who would lose sight of how many cards.
struct AccessPreview {
  static let members = AccessChange.members

  private static let counted = Schema.array(
    of: .object(
      ["pipeline": .identifier, "cards": .integer], required: ["pipeline", "cards"]))
  static let shape = Schema.object(
    [
      "people": .array(
        of: .object(
          ["user": .anyObject, "gains": counted, "loses": counted],
          required: ["user", "gains", "loses"])),
      "unseen": .object(
        ["count": .integer, "cards": .array(of: .anyObject)], required: ["count", "cards"]),
    ], required: ["people", "unseen"])

  /// How many of the unseen cards are named.
  private static let named = 50

  private let call: TenantCall
  private let scene: AccessScene
  private let change: AccessChange

  init(_ call: TenantCall) async throws {
    self.call = call
    scene = try await AccessScene(call)
    change = try await AccessChange(call, scene)
  }

  /// Cards that stand alike in the rights.
  private struct Group {
    let card: RightsCard
    let count: Int64
  }

  /// What one person gains and loses, by pipeline.
  private struct Difference {
    let person: AccessPerson
    var gains: [Int64: Int64] = [:]
    var loses: [Int64: Int64] = [:]
    var unseen: [Group] = []
  }

  func answer() async throws -> RawJSON {
    let groups = try await call.report(
      AccessStatements.counts(
        call.tenantParameter, .integers(change.pipelines.sorted())))[0].map {
        Group(card: try RightsCard($0), count: try $0.integer(4))
      }
    let differences = try await AccessPerson.all(call).filter(isConcerned).map {
      difference(for: $0, groups)
    }
    let unseen = differences.flatMap(\.unseen)
    let cards = try await call.read(
      AccessStatements.cardsOf(
        call.tenantParameter, .integers(unseen.map(\.card.stage)),
        .integers(unseen.map(\.card.responsible)), .integer(Self.named)))[0]
    return try RawJSON {
      try $0.object {
        $0.name("people")
        $0.array {
          for difference in differences
          where !difference.gains.isEmpty || !difference.loses.isEmpty {
            $0.object {
              difference.person.write(to: &$0)
              $0.counts("gains", difference.gains)
              $0.counts("loses", difference.loses)
            }
          }
        }
        try $0.member("unseen") {
          $0.member("count", unseen.reduce(0) { $0 + $1.count })
          $0.name("cards")
          try $0.array {
            for row in cards {
              try $0.object {
                $0.member("card", try row.integer(0))
                $0.member("pipeline", try row.integer(1))
                $0.member("responsible", try row.integer(2))
              }
            }
          }
        }
      }
    }
  }

  /// Owners and admins see everything before and after. A lead is told of those they lead, and of who
  /// would come in.
  private func isConcerned(_ person: AccessPerson) -> Bool {
    guard person.person.isActive, !person.person.role.holdsEverything else { return false }
    guard let delegation = scene.delegation else { return true }
    return delegation.people.contains(person.id)
      || change.teams.contains {
        delegation.teams.contains($0.id) && $0.members.contains(person.id)
      }
  }

  private func difference(for person: AccessPerson, _ groups: [Group]) -> Difference {
    let before = scene.rights(of: person.person)
    let after = Rights(person: person.person, grants: change.grants, teams: change.teams)
    var sights: [Int64: (before: Rights.Reach, after: Rights.Reach)] = [:]
    var difference = Difference(person: person)
    for group in groups {
      let card = group.card
      let sight =
        sights[card.stage]
        ?? (
          before.sight(ofStage: card.stage, in: card.pipeline, card.outcome),
          after.sight(ofStage: card.stage, in: card.pipeline, card.outcome)
        )
      sights[card.stage] = sight
      switch (sight.before.takesIn(card.responsible), sight.after.takesIn(card.responsible)) {
      case (false, true): difference.gains[card.pipeline, default: 0] += group.count
      case (true, false):
        difference.loses[card.pipeline, default: 0] += group.count
        if card.outcome == .open, card.responsible == person.id {
          difference.unseen.append(group)
        }
      default: break
      }
    }
    return difference
  }
}

extension JSONWriter {
  /// Numbers of cards by pipeline.
  fileprivate mutating func counts(_ name: StaticString, _ counts: [Int64: Int64]) {
    self.name(name)
    array {
      for (pipeline, cards) in counts.sorted(by: { $0.key < $1.key }) {
        $0.object {
          $0.member("pipeline", pipeline)
          $0.member("cards", cards)
        }
      }
    }
  }
}
