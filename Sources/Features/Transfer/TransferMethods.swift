internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `tenant.export` and `tenant.import`: a company from one installation to another.
enum TransferMethods {
  static let all = [export, importing]

  private static let export = Method(
    "tenant.export", "Writes a whole company, page by page, for a file: docs/export-format.md.",
    details:
      "All pages see the moment of the first call. No passwords, sessions or tokens are in it. "
      + "`lines` are whole lines; `next` is null with the last. The company sees in its settings "
      + "when it was exported. Ask for each page on the same server within five minutes.",
    takes: [.required(TenantMembers.tenant), .optional(CommonMembers.after)],
    gives: .object(
      ["lines": .array(of: .string), "next": Schema.string.nullable],
      required: ["lines", "next"]),
    errors: [.notFound, .conflict, .rateLimited], traits: .secret,
    .operatorWrite { call in
      let tenant = try await TenantMethods.find(call)
      let exports = call.services.exports
      if let cursor = call.arguments[optional: CommonMembers.after] {
        return .nothing(try await exports.go(on: cursor, tenant.id))
      }
      guard tenant.state != .importing, tenant.state != .purging else {
        throw RPCError.notFound(what: "tenant")
      }
      let id = Parameter.integer(tenant.id)
      let page = try await exports.begin(tenant.id, services: call.services, now: call.now)
      return Work(
        [
          TransferStatements.markExported(id, .timestamp(call.now)),
          ContextStatements.moveVersionUnguarded(id),
        ], answer: page, tenant: tenant.id)
    })

  private static let importing = Method(
    "tenant.import", "Makes a company out of a file that tenant.export wrote, in steps.",
    details:
      "`begin` with its first line, `rows` with those between as often as it takes, `finish` "
      + "with its last line: one of them a call. Until then the company is there for nobody; cut "
      + "off for a day, it is cleared away (tenant.delete does so at once). Ids stay, and so do "
      + "histories and rights; people get new passwords. `line` is the next line that is wanted.",
    takes: [
      .optional(TransferMembers.begin), .optional(TransferMembers.rows),
      .optional(TransferMembers.finish),
    ],
    gives: .oneOf([
      .object(["import": .identifier, "line": .integer], required: ["import", "line"]),
      .object(
        ["tenant": TenantMethods.shape, "owner": .anyObject, "tables": .anyObject],
        required: ["tenant", "tables"]),
    ]),
    errors: [.invalid, .notFound, .conflict, .planLimit], traits: .secret,
    .operatorWrite { call in
      let arguments = call.arguments
      let steps = [
        arguments[optional: TransferMembers.begin], arguments[optional: TransferMembers.rows],
        arguments[optional: TransferMembers.finish],
      ].compactMap(\.self)
      guard let step = steps.first, steps.count == 1 else {
        throw RPCError.invalidParams([
          FieldProblem(path: "", problem: "give one of begin, rows and finish")
        ])
      }
      if arguments[optional: TransferMembers.begin] != nil {
        return try await TenantImportBeginning(call, step).work()
      }
      let importing = try await TenantImporting(call, step)
      return arguments[optional: TransferMembers.rows] != nil
        ? try await importing.takeRows() : try await importing.finish()
    })
}
