internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `user.deactivate`: locks somebody out, and hands their open cards over where it is said to whom.
///
/// Memberships and grants stay, so that the team's past stays the team's and coming back is one step.
struct UserDeactivation {
  private static let successor = Member<Int64>.identifier("user", "The user's id.")
  static let handOverTo = Member<Arguments>.object(
    "hand_over_to", [.required(successor)], "Who becomes responsible for their open cards.")

  private let user: User
  private let call: TenantCall

  init(of user: User, _ call: TenantCall) {
    self.user = user
    self.call = call
  }

  func work() async throws -> Work {
    let target = call.arguments[optional: Self.handOverTo]?[Self.successor]
    let rows = try await call.read(
      UserStatements.openCards(call.tenantParameter, .integer(user.id)))
    let places = try rows[0].map { row in (try row.integer(0), try row.integer(1)) }
    let count = try rows[0].reduce(into: Int64(0)) { sum, row in sum += try row.integer(2) }
    if let target { try await requireFit(target, for: places) }
    if call.isDryRun { return .nothing(preview(openCards: count)) }
    var after = user
    var statements: [BoundStatement] = []
    if user.isActive {
      after.isActive = false
      statements += [
        after.update(call.tenantParameter),
        AuthenticationStatements.endSessions(call.tenantParameter, .integer(user.id), .null),
      ]
      after.version += 1
    }
    if let target {
      statements.append(
        UserStatements.handOver(
          call.tenantParameter, .integer(user.id), .integer(target), .timestamp(call.now),
          .integer(call.standing.user), .integer(count)))
    }
    return Work(
      statements, answer: answer(after, handedOver: target == nil ? nil : count),
      movesVersion: user.isActive)
  }

  /// Refuses a successor who could not see what they are given.
  private func requireFit(
    _ target: Int64, for places: [(pipeline: Int64, stage: Int64)]
  ) async throws {
    guard target != user.id else { throw Self.unfit("has to be somebody else") }
    guard let standing = try await call.standing(of: target) else {
      throw RPCError.notFound(what: "user")
    }
    guard standing.isActive else { throw Self.unfit("\(standing.name) is deactivated") }
    let hidden = Set(
      places.filter {
        !standing.sees(
          RightsCard(pipeline: $0.pipeline, stage: $0.stage, responsible: target, outcome: .open))
      }.map(\.pipeline)
    ).sorted()
    guard !hidden.isEmpty else { return }
    let names = hidden.map { call.company.pipeline($0)?.name ?? String($0) }
    throw Self.unfit(
      "\(standing.name) could not see the cards in \(names.joined(separator: ", ")); give a right "
        + "there first")
  }

  private static func unfit(_ problem: String) -> RPCError {
    .invalid([FieldProblem(path: "hand_over_to.user", problem: problem)])
  }

  private func answer(_ after: User, handedOver: Int64?) -> RawJSON {
    RawJSON {
      $0.object {
        after.writeMembers(to: &$0)
        if let handedOver { $0.member("handed_over", handedOver) }
      }
    }
  }

  private func preview(openCards: Int64) -> RawJSON {
    RawJSON {
      $0.object {
        user.writeMembers(to: &$0)
        $0.member("dry_run", true)
        $0.member("open_cards", openCards)
      }
    }
  }
}
