internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `support.*`: what a company sees of the operator's looks into it.
enum SupportMethods {
  static let all = [list]

  private static let shape = Schema.object(
    [
      "id": .identifier, "user": .identifier, "reason": .string,
      "address": Schema.string.nullable, "started_at": .timestamp, "expires_at": .timestamp,
      "ended_at": Schema.timestamp.nullable,
    ], required: ["id", "user", "reason", "started_at", "expires_at"])

  private static let list = Method(
    "support.list",
    "When and why the operator looked into the company as one of its people; newest first.",
    details:
      "The setting support_access switches it off, which ends a look that goes on. ended_at is null "
      + "where a look was not ended before its time.",
    takes: CommonMembers.page, gives: Shapes.page(of: shape),
    .read(.admin) { call in
      let page = try Page(call)
      let rows = try await call.read(
        SupportStatements.list(
          call.tenantParameter, .integer(try page.afterID()), page.fetch))
      return try page.result(Array(rows[0]), key: { String(try $0.integer(0)) }) { row, writer in
        try writer.object {
          $0.member("id", try row.integer(0))
          $0.member("user", try row.integer(1))
          $0.member("reason", try row.string(2))
          $0.member("address", try row.stringIfPresent(3))
          $0.member("started_at", try row.timestamp(4))
          $0.member("expires_at", try row.timestamp(5))
          $0.member("ended_at", try row.timestampIfPresent(6))
        }
      }
    })
}
