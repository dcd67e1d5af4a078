internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `import.*`: a company's data from elsewhere, in small transactions, by external ids.
enum ImportMethods {
  static let all = [begin, rows, finish, status, undo]

  private static let shape = Schema.object(
    [
      "id": .identifier, "source": .string, "kinds": .array(of: .string),
      "pipeline": Schema.identifier.nullable, "dry_run": .boolean,
      "skip_gate": .boolean, "state": .choice(ImportState.allCases.map(\.rawValue)),
      "started_at": .timestamp,
      "finished_at": Schema.timestamp.nullable,
    ], required: ["id", "source", "kinds", "state"])

  private static let told = Schema.array(
    of: .object(["line": .integer, "reason": .string], required: ["line", "reason"]))

  private static let begin = Method(
    "import.begin", "Begins an import.",
    details:
      "With dry_run nothing is kept, not even the pipeline; what is rejected is told all the "
      + "same. Rows are sent with import.rows, companies, products and people before the deals that "
      + "refer to them.",
    takes: [
      .required(ImportMembers.source), .required(ImportMembers.kinds),
      .optional(ImportMembers.pipeline), .optional(ImportMembers.skipGate),
    ], gives: shape, errors: [.invalid, .notFound, .planLimit],
    traits: [.dryRun, .keepsDryRun],
    .write(.admin) { call in try await ImportBeginning(call).work() })

  private static let rows = Method(
    "import.rows", "Takes rows of one kind: all that are not rejected, in one transaction.",
    details: """
      A row is an object of texts with an external_id, and line, its number in what it came from \
      (without it, its place in the call from 1 on). company: name, fields. product: name, price. \
      person: name, email, team (names from the top team down), lead. deal: title, stage, opened_in, \
      amount, company, responsible, product, contact (name, phone, email), source, created_at, \
      closed_at, reason, comment, last_contact, events (stage, at, by), fields. company, responsible, \
      product and by are external ids; last_contact is the name of a status of contact_status.list. Days count as beginning in the company's time zone. Rows may be sent again: one \
      that says what it said before is unchanged. One whose external id was seen with other values, or \
      stands twice in an import, is rejected, but for people, who may stand in several rows for several \
      teams; of them the name and email count. With if_absent a row only wants its object to be there and \
      is unchanged wherever the external id is known. What a row that is taken says otherwise than the \
      contact, user or product that it was found to be is told in warnings.
      """,
    takes: [
      .required(ImportMembers.import), .required(ImportMembers.kind), .required(ImportMembers.rows),
    ],
    gives: .object(
      [
        "accepted": .integer, "unchanged": .integer, "rejected": told, "warnings": told,
      ], required: ["accepted", "unchanged", "rejected", "warnings"]),
    errors: [.invalid, .notFound],
    .write(.admin) { call in
      switch call.arguments[ImportMembers.kind] {
      case .company: try await ImportCompanies(call).work()
      case .product: try await ImportProducts(call).work()
      case .person: try await ImportPeople(call).work()
      case .deal: try await ImportDeals(call).work()
      }
    })

  private static let finish = Method(
    "import.finish", "Ends an import.", details: "Of a dry run nothing stays.",
    takes: [.required(CommonMembers.id)], gives: shape, errors: [.notFound],
    .write(.admin) { call in
      var record = try await find(call, call.arguments[CommonMembers.id])
      guard record.state == .running else { return .nothing(record.answer) }
      let before = record.answer
      record.state = .finished
      record.finishedAt = call.now
      let parameters: [Parameter] = [
        call.tenantParameter, .integer(record.id), .timestamp(call.now),
      ]
      guard record.isDryRun else {
        return Work(
          [ImportStatements.finish.bind(parameters)], answer: record.answer, before: before)
      }
      return Work(
        ImportBeginning.forgetting(.integer(record.id), in: call), answer: record.answer,
        before: before)
    })

  private static let status = Method(
    "import.status", "How an import stands, with how much it brought of each kind.",
    takes: [.required(CommonMembers.id)], gives: shape, errors: [.notFound],
    .read(.admin) { call in
      let id = Parameter.integer(call.arguments[CommonMembers.id])
      let results = try await call.report(
        ImportStatements.get(call.tenantParameter, id),
        ImportStatements.count(call.tenantParameter, id))
      guard let row = results[0].first else { throw RPCError.notFound(what: "import") }
      let record = try ImportRecord(row)
      let removed = try ImportUndoing.counts(removed: row)
      let brought = try ImportUndoing.counts(results[1])
      return RawJSON {
        record.write(to: &$0) {
          ImportUndoing.write(brought, "brought", to: &$0)
          ImportUndoing.write(removed, "removed", to: &$0)
        }
      }
    })

  private static let undo = Method(
    "import.undo", "Takes back what an import brought, where nothing else hangs on it.",
    details:
      "Cards go with their history and notes, but for deals that were paid for; contacts and companies where no card and no "
      + "contact is left that refers to them. Products, people, teams, reasons and the pipeline stay. "
      + "What stays keeps its external id, so that another import makes no double of it. It goes in "
      + "many small transactions; when it is broken off, call it again.",
    takes: [.required(CommonMembers.id)],
    gives: .object(
      [
        "id": .identifier, "dry_run": .boolean, "removed": .dictionary(of: .integer),
        "stays": .dictionary(of: .integer),
      ],
      required: ["id", "removed", "stays"]), errors: [.notFound], traits: .dryRun,
    .write(.admin) { call in
      try await ImportUndoing(call, try await find(call, call.arguments[CommonMembers.id])).work()
    })

  private static func find(_ call: TenantCall, _ id: Int64) async throws -> ImportRecord {
    let rows = try await call.read(ImportStatements.get(call.tenantParameter, .integer(id)))
    guard let row = rows[0].first else { throw RPCError.notFound(what: "import") }
    return try ImportRecord(row)
  }
}
