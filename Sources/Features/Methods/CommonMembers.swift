internal import JSONRPC

/// Members that many methods take.
enum CommonMembers {
  /// The id of what a method is about.
  static let id = Member<Int64>.identifier("id", "Its id.")
  /// Nothing happens if the present version is another one.
  static let ifVersion = Member<Int64>.integer(
    "if_version", 1...Int64.max,
    "The version that you know; if the present one differs, nothing happens (conflict).")
  /// The same key with the same params does its work once.
  static let idempotencyKey = Member<String>.text(
    "idempotency_key", length: 1...64,
    "Sent again with the same key within 24 hours, the request gives the first answer and does "
      + "nothing.")
  /// Tells what would happen.
  static let dryRun = Member<Bool>.boolean(
    "dry_run", "Whether only to tell what would happen. Nothing is changed.")
  /// The size of a page.
  static let limit = Member<Int64>.integer(
    "limit", 1...500, "How many items to give at most; 50 where it is absent.")
  /// Where a page begins.
  static let after = Member<String>.opaqueText(
    "after", "The `next` of the page before; absent for the first page.")

  /// What every list takes besides its filters.
  static let page: [MemberDeclaration] = [.optional(limit), .optional(after)]
}
