internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `audit.list`: who did what, the newest first.
struct AuditListing {
  static let members: [MemberDeclaration] =
    [
      .optional(AuditMembers.from), .optional(AuditMembers.to), .optional(AuditMembers.user),
      .optional(AuditMembers.method), .optional(AuditMembers.noun),
      .optional(AuditMembers.subject),
    ] + CommonMembers.page

  private let arguments: Arguments
  private let tenant: Int64
  private let page: Page

  init(_ arguments: Arguments, _ page: Page, tenant: Int64) throws {
    self.arguments = arguments
    self.tenant = tenant
    self.page = page
    if arguments.has(AuditMembers.subject.name), !arguments.has(AuditMembers.noun.name) {
      throw RPCError.invalidParams([
        FieldProblem(path: "noun", problem: "is needed with `subject`: ids count for each noun")
      ])
    }
  }

  /// What reads the page.
  var statement: BoundStatement {
    get throws {
      let last = try lastKey()
      let parameters: [Parameter] = [
        .integer(tenant), page.fetch, .timestamp(last?.at), .integer(last?.writer),
        .integer(last?.number), .timestamp(arguments[optional: AuditMembers.from]),
        .timestamp(arguments[optional: AuditMembers.to]),
        .integer(arguments[optional: AuditMembers.user]),
        .string(arguments[optional: AuditMembers.method]),
        .string(arguments[optional: AuditMembers.noun]),
      ]
      guard let subject = arguments[optional: AuditMembers.subject] else {
        return AuditStatements.list.bind(parameters)
      }
      return AuditStatements.listOfSubject.bind(parameters + [.text(subject)])
    }
  }

  /// The page of the rows that were read.
  func result(_ rows: Rows) throws -> RawJSON {
    let rows = try rows.map { try AuditRow($0, tenant: tenant) }
    return page.result(rows, key: { Self.key($0.record) }) { $0.write(to: &$1) }
  }

  private static func key(_ record: AuditRecord) -> String {
    "\(record.at.microsecondsSince1970):\(record.writer):\(record.number)"
  }

  private func lastKey() throws -> (at: Timestamp, writer: Int64, number: Int64)? {
    guard let after = page.after else { return nil }
    let parts = after.split(separator: ":").map { Int64($0) }
    guard parts.count == 3, let moment = parts[0], let writer = parts[1], let number = parts[2],
      let at = Timestamp(microsecondsSince1970: moment)
    else { throw Page.wrongCursor }
    return (at, writer, number)
  }
}
