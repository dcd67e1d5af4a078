internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `user.deactivate`: locks somebody out, and hands their open cards over where it is said to whom.
///
/// Memberships and grants stay, so that the team's past stays the team's and coming back is one step.
/// Sessions, tokens and invitations are gone for good.
struct UserDeactivation {
  private let user: User
  private let call: TenantCall

  init(of user: User, _ call: TenantCall) {
    self.user = user
    self.call = call
  }

  func work() async throws -> Work {
    let handOver = try await HandOver(from: user, call)
    if call.isDryRun { return .nothing(preview(handOver)) }
    var after = user
    var statements: [BoundStatement] = []
    if user.isActive {
      after.isActive = false
      let id = Parameter.integer(user.id)
      statements += [
        after.update(call.tenantParameter),
        AuthenticationStatements.endSessions(call.tenantParameter, id, .null),
        TokenStatements.deleteAll(call.tenantParameter, id),
        InvitationStatements.deleteAll(call.tenantParameter, id),
        ActivityStatements.leave(call.tenantParameter, id),
      ]
      after.version += 1
    }
    statements += handOver.statements
    var work = Work(
      statements, answer: answer(after, handOver), before: user.answer, movesVersion: user.isActive)
    work.furtherEvents = handOver.events
    return work
  }

  private func answer(_ after: User, _ handOver: HandOver) -> RawJSON {
    RawJSON {
      $0.object {
        after.writeMembers(to: &$0)
        guard handOver.isWanted else { return }
        $0.member("handed_over", handOver.cards.count)
        handOver.writeShares(to: &$0)
      }
    }
  }

  private func preview(_ handOver: HandOver) -> RawJSON {
    RawJSON {
      $0.object {
        user.writeMembers(to: &$0)
        $0.member("dry_run", true)
        $0.member("open_cards", handOver.cards.count)
        if handOver.isWanted { handOver.writeShares(to: &$0) }
      }
    }
  }
}
