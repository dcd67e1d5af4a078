internal import JSON
internal import JSONRPC
internal import Postgres

/// What methods that delete something answer.
enum Deleted {
  static let schema = Schema.object(
    ["id": .identifier, "deleted": .boolean, "dry_run": .boolean], required: ["id", "deleted"])

  /// It is gone, or would be.
  static func answer(
    _ id: Int64, isDryRun: Bool = false, _ further: (inout JSONWriter) -> Void = { _ in }
  ) -> RawJSON {
    RawJSON {
      $0.object {
        $0.member("id", id)
        $0.member("deleted", !isDryRun)
        if isDryRun { $0.member("dry_run", true) }
        further(&$0)
      }
    }
  }
}

extension Work {
  /// An entry of one of the company's lists goes; one that is borne by anything is put away instead, so that what
  /// bears it still says what it said. `noun` is what of them are counted.
  static func taking(
    away id: Int64, borneBy count: Int64, _ noun: StaticString, before: RawJSON, _ call: TenantCall,
    deletion: BoundStatement, puttingAway: () -> Work
  ) -> Work {
    let answer = RawJSON {
      $0.object {
        $0.member("id", id)
        $0.member("deleted", count == 0 && !call.isDryRun)
        $0.member("deactivated", count > 0 && !call.isDryRun)
        $0.member(noun, count)
        if call.isDryRun { $0.member("dry_run", true) }
      }
    }
    var work =
      count == 0 ? Work([deletion], answer: answer, movesVersion: true) : puttingAway()
    work.answer = answer
    work.before = before
    return work
  }
}

extension RPCError {
  /// Something can't be deleted while so many cards need it.
  static func heldByCards(_ count: Int64, _ message: String) -> RPCError {
    RPCError(.conflict, message, data: [("cards", .integer(count))])
  }
}
