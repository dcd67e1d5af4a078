internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `company.*`: the clients' companies.
enum ClientCompanyMethods {
  static let all = [create, list, get, update, delete, duplicates, merge]

  private static let create = Method(
    "company.create", "Adds a client's company.",
    details: "Needs `create` or `edit` on some pipeline.",
    takes: [
      .required(ClientCompanyMembers.name), .optional(ClientCompanyMembers.fields),
      .optional(ClientPoints.phones), .optional(ClientPoints.emails),
    ],
    gives: ClientCompany.schema, errors: [.invalid],
    .write(.member) { call in
      try ClientSight.requireAuthor(call)
      let (phones, emails) = try ClientPoints.given(
        call.arguments, home: call.company.home)
      let company = ClientCompany(
        id: try await call.newID(.company), name: call.arguments[ClientCompanyMembers.name],
        fields: fields([:], call), phones: phones, emails: emails, createdBy: call.standing.user,
        createdAt: call.now, version: 1)
      var work = Work(
        [
          ClientCompanyStatements.insert(
            call.tenantParameter, .integer(company.id), .text(company.name),
            company.fieldsParameter, .integer(company.createdBy), .timestamp(company.createdAt),
            .strings(company.searchWords.sorted), .strings(company.phones),
            .strings(company.emails), .strings(company.points))
        ], answer: company.answer)
      work.newCompanies = [company.id]
      return work
    })

  private static let list = Method(
    "company.list", "The companies of the cards one sees, and those one entered, by id.",
    takes: [
      .optional(ClientPoints.withPhone), .optional(ClientPoints.withEmail),
      .optional(ClientCompanyMembers.prefix),
    ] + CommonMembers.page, gives: Shapes.page(of: ClientCompany.schema), errors: [.invalid],
    .read(.member) { call in
      let page = try Page(call)
      let (phones, emails) = try ClientPoints.given(
        call.arguments, home: call.company.home)
      let beginning = call.arguments[optional: ClientCompanyMembers.prefix]
      let index = try await ClientNameIndex.of(beginning, .company, call)
      let statement =
        index == .none ? ClientCompanyStatements.list : ClientCompanyStatements.listByName
      let asked: [Parameter] = [
        .string(beginning), .string(phones.first.flatMap { PhoneNumber(kept: $0)?.e164 }),
        .string(emails.first.flatMap { EmailAddress($0)?.comparisonKey }),
      ]
      let rows = try await call.read(
        statement.bind(
          [call.tenantParameter, .integer(try page.afterID()), page.fetch] + asked
            + index.parameters))
      return page.result(try rows[0].map(ClientCompany.init), key: { String($0.id) }) {
        $0.write(to: &$1)
      }
    })

  private static let get = Method(
    "company.get", "One client's company.",
    details: "Of one that was merged into another, the other, if one sees that: its `id` tells.",
    takes: [.required(CommonMembers.id)], gives: ClientCompany.schema, errors: [.notFound],
    .read(.member) { call in
      let rows = try await call.read(
        ClientCompanyStatements.getOrKept(
          call.tenantParameter, .integer(call.arguments[CommonMembers.id])))
      guard let row = rows[0].first else { throw RPCError.notFound(what: "company") }
      return try ClientCompany(row).answer
    })

  private static let update = Method(
    "company.update", "Changes a client's company: absent members stay, null clears.",
    details: "For whoever entered it, or may edit a card of it.",
    takes: [
      .required(CommonMembers.id), .optional(ClientCompanyMembers.name),
      .optional(ClientCompanyMembers.fields), .clearable(ClientPoints.phones),
      .clearable(ClientPoints.emails),
    ], gives: ClientCompany.schema, errors: [.notFound, .invalid], traits: .versioned,
    .write(.member) { call in
      let (present, mayChange) = try await find(call)
      guard mayChange else { throw RPCError.forbidden(needs: Action.edit.rawValue) }
      try call.requireVersion(present.version)
      var company = present
      if let name = call.arguments[optional: ClientCompanyMembers.name] { company.name = name }
      company.fields = fields(present.fields, call)
      (company.phones, company.emails) = try ClientPoints.changed(
        present.phones, present.emails, call.arguments, home: call.company.home)
      return Work.update(present, to: company, answer: \.answer) { company in
        var after = company
        after.version += 1
        let update = company.update(from: present.version, tenant: call.tenant)
        return Work(
          company.rewording(from: present, tenant: call.tenant) + [update], answer: after.answer,
          action: .edit)
      }
    })

  private static let delete = Method(
    "company.delete", "Deletes a client's company without cards and contacts.",
    details: "For whoever entered it, and for admins.", takes: [.required(CommonMembers.id)],
    gives: Deleted.schema, errors: [.notFound, .conflict], traits: [.versioned, .dryRun],
    .write(.member) { call in
      let company = try await find(call).company
      guard call.standing.holdsEverything || company.createdBy == call.standing.user else {
        throw RPCError.forbidden(needs: Action.delete.rawValue)
      }
      try call.requireVersion(company.version)
      let id = Parameter.integer(company.id)
      let rows = try await call.read(
        ClientCompanyStatements.countUses(call.tenantParameter, id))
      let (cards, contacts) = (try rows[0][0].integer(0), try rows[0][0].integer(1))
      guard cards == 0, contacts == 0 else {
        throw RPCError.heldByCards(
          cards,
          "\(cards) cards and \(contacts) contacts are of this company. Give them another one "
            + "first.")
      }
      return Work(
        [ClientCompanyStatements.delete(call.tenantParameter, id, .integer(company.version))],
        answer: Deleted.answer(company.id, isDryRun: call.isDryRun), before: company.answer)
    })

  /// A company that the caller sees, and whether they may change it.
  static func find(
    _ call: TenantCall
  ) async throws -> (company: ClientCompany, mayChange: Bool) {
    let key: [Parameter] = [
      call.tenantParameter, .integer(call.arguments[CommonMembers.id]),
    ]
    let rows = try await call.read(
      ClientCompanyStatements.get.bind(key), ClientCompanyStatements.places.bind(key))
    guard let row = rows[0].first else { throw RPCError.notFound(what: "company") }
    let company = try ClientCompany(row)
    return (company, try ClientSight.mayChange(enteredBy: company.createdBy, cards: rows[1], call))
  }

  /// The fields with what the request says laid over them.
  private static func fields(_ present: JSONObject, _ call: TenantCall) -> JSONObject {
    var fields = present
    for member in call.arguments[optional: ClientCompanyMembers.fields]?.members ?? [] {
      fields[member.name] = member.value.isNull ? Optional.none : member.value
    }
    return fields
  }
}
