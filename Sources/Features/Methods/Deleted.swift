internal import JSON
internal import JSONRPC

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

extension RPCError {
  /// Something can't be deleted while so many cards need it.
  static func heldByCards(_ count: Int64, _ message: String) -> RPCError {
    RPCError(.conflict, message, data: [("cards", .integer(count))])
  }
}
