internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// To whom somebody's open cards go: to a user, or spread over those of a team who may see them.
struct HandOver {
  private static let user = Member<Int64>.identifier("user", "The user's id.")
  private static let team = Member<Int64>.identifier("team", "The team's id.")
  static let handOverTo = Member<Arguments>.exactlyOne(
    "hand_over_to", of: [.optional(user), .optional(team)],
    "Who becomes responsible for their open cards: a user, or the people of a team, active and not absent, who may see "
      + "them, as evenly as that goes.")

  private let leaving: User
  private let call: TenantCall
  /// The open cards.
  let cards: [CardSpread.Card]
  /// Who gets which.
  private let given: [(card: Int64, taker: Int64)]
  /// Whether it was said to whom they go.
  let isWanted: Bool

  init(from leaving: User, _ call: TenantCall) async throws {
    self.leaving = leaving
    self.call = call
    var pipelines: [Int64: Int64] = [:]
    cards = try await call.read(
      UserStatements.openCardIDs(call.tenantParameter, .integer(leaving.id)))[0].map {
        let stage = try $0.integer(2)
        pipelines[stage] = try $0.integer(1)
        return CardSpread.Card(card: try $0.integer(0), stage: stage)
      }
    guard let target = call.arguments[optional: Self.handOverTo] else {
      isWanted = false
      given = []
      return
    }
    isWanted = true
    let takers: [Standing]
    if let user = target[optional: Self.user] {
      takers = [try await Self.successor(user, of: leaving, call)]
    } else {
      takers = try await Self.people(of: target[optional: Self.team] ?? 0, but: leaving, call)
    }
    let byStage = pipelines.reduce(into: [Int64: Set<Int64>]()) { byStage, place in
      let fit = takers.filter {
        $0.sees(
          RightsCard(
            pipeline: place.value, stage: place.key, responsible: $0.user, outcome: .open))
      }
      byStage[place.key] = Set(fit.map(\.user))
    }
    given = CardSpread.spread(cards, among: byStage)
    let hidden = Set(byStage.filter(\.value.isEmpty).keys.compactMap { pipelines[$0] }).sorted()
    guard hidden.isEmpty else {
      let names = hidden.map { call.company.pipeline($0)?.name ?? String($0) }
      let isUser = target.has(Self.user.name)
      throw Self.unfit(
        isUser ? "user" : "team",
        (isUser ? "\(takers[0].name) could not" : "nobody active of the team could")
          + " see the cards in "
          + "\(names.joined(separator: ", ")); give a right there first")
    }
  }

  private static func successor(
    _ user: Int64, of leaving: User, _ call: TenantCall
  ) async throws -> Standing {
    guard user != leaving.id else { throw unfit("user", "has to be somebody else") }
    guard let standing = try await call.standing(of: user) else {
      throw RPCError.notFound(what: "user")
    }
    guard standing.isActive else { throw unfit("user", "\(standing.name) is deactivated") }
    return standing
  }

  private static func people(
    of team: Int64, but leaving: User, _ call: TenantCall
  ) async throws -> [Standing] {
    var people: [Standing] = []
    let rows = try await call.readAsServer(
      AssignmentStatements.candidates(
        call.tenantParameter, .integer(team), .null, .timestamp(call.now), .null, .bool(false)))
    let absent = try Set(rows[0].filter { try $0.bool(2) }.map { try $0.integer(0) })
    for user in try await TeamSight.find(team, call).members.sorted()
    where user != leaving.id && !absent.contains(user) {
      if let standing = try await call.standing(of: user), standing.isActive {
        people.append(standing)
      }
    }
    return people
  }

  private static func unfit(_ member: String, _ problem: String) -> RPCError {
    .invalid([FieldProblem(path: "hand_over_to.\(member)", problem: problem)])
  }

  /// What hands them over, over just these cards; where there are none, it makes sure that there still are none.
  var statements: [BoundStatement] {
    guard isWanted else { return [] }
    return [
      UserStatements.handOut(
        call.tenantParameter, .integer(leaving.id), .integers(given.map(\.card)),
        .integers(given.map(\.taker)), .timestamp(call.now), .integer(call.standing.user),
        .integer(call.arguments[optional: Self.handOverTo]?[optional: Self.team]))
    ]
  }

  /// What those who get them, and whoever else sees them, are told.
  var events: [EventDraft] {
    guard isWanted else { return [] }
    let stages = Dictionary(
      cards.map { ($0.card, $0.stage) }, uniquingKeysWith: { first, _ in first })
    return given.compactMap { card, taker in
      guard let stage = stages[card],
        let pipeline = call.company.pipelines.first(where: { $0.stage(stage) != nil })
      else { return nil }
      let before = RightsCard(
        pipeline: pipeline.id, stage: stage, responsible: leaving.id, outcome: .open)
      var place = before
      place.responsible = taker
      let sight = CardSight(card: card, place: place, before: before, version: nil)
      return .assigned(card, kind: pipeline.kind, .card(sight))
    }
  }

  /// How many each gets.
  func writeShares(to writer: inout JSONWriter) {
    let shares = Dictionary(grouping: given, by: \.taker).mapValues(\.count)
    writer.name("handed_over_to")
    writer.array {
      for (user, count) in shares.sorted(by: { $0.key < $1.key }) {
        $0.object {
          $0.member("user", user)
          $0.member("cards", count)
        }
      }
    }
  }
}
