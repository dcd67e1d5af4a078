internal import JSON
internal import JSONRPC
internal import Postgres

/// `contact.duplicates` and `company.duplicates`: pairs among those the caller sees, and nothing of others.
struct ClientDuplicates {
  static let id = CommonMembers.id.renamed("id", "Only those that may be the same as this one.")
  static let shape = Shapes.page(
    of: .object(
      [
        "id": .identifier, "name": .string,
        "duplicate": .object(["id": .identifier, "name": .string], required: ["id", "name"]),
        "by": .array(of: .string),
      ], required: ["id", "name", "duplicate", "by"]))

  let noun: String
  let exists: Statement
  let pairs: Statement

  func page(_ call: TenantCall) async throws -> RawJSON {
    let page = try Page(call)
    let after = try Self.pair(page.after)
    let id = call.arguments[optional: Self.id]
    if let id {
      let rows = try await call.read(exists(call.tenantParameter, .integer(id)))
      guard !rows[0].isEmpty else { throw RPCError.notFound(what: noun) }
    }
    let rows = try await call.report(
      pairs(
        call.tenantParameter, .integer(id), .integer(after?.0), .integer(after?.1), page.fetch))
    return try page.result(
      rows[0], key: { "\(try $0.integer(0)).\(try $0.integer(2))" }
    ) { row, writer in
      try writer.object {
        $0.member("id", try row.integer(0))
        $0.member("name", try row.string(1))
        try $0.member("duplicate") {
          $0.member("id", try row.integer(2))
          $0.member("name", try row.string(3))
        }
        $0.member("by", try row.strings(4).compactMap(\.self))
      }
    }
  }

  private static func pair(_ key: String?) throws -> (Int64, Int64)? {
    guard let key else { return nil }
    let parts = key.split(separator: ".").compactMap { Int64($0) }
    guard parts.count == 2 else { throw Page.wrongCursor }
    return (parts[0], parts[1])
  }
}
