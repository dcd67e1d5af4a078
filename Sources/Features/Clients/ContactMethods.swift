internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `contact.*`: the people on the client's side.
enum ContactMethods {
  static let all = [create, list, get, update, delete, erase, duplicates, merge]

  private static let name = Member<String>.text("name", "The contact's name.")
  private static let phone = ClientPoints.phone
  private static let email = ClientPoints.email
  private static let company = Member<Int64>.identifier("company", "The client's company, by id.")
  private static let prefix = name.renamed("name", "Only those whose names begin so.")
  private static let ofCompany = company.renamed("company", "Only those of this company.")

  private static let create = Method(
    "contact.create", "Adds a contact.",
    details: "Needs `create` or `edit` on some pipeline. Nothing is merged: a known phone or "
      + "e-mail makes a second contact; `duplicates` are those that have one of its own.",
    takes: [
      .required(name), .optional(phone), .optional(email), .optional(ClientPoints.phones),
      .optional(ClientPoints.emails), .optional(company),
    ],
    gives: Contact.newSchema, errors: [.invalid, .notFound],
    .write(.member) { call in
      try ClientSight.requireAuthor(call)
      let arguments = call.arguments
      var contact = Contact(
        id: 0, name: arguments[name], createdBy: call.standing.user, createdAt: call.now,
        version: 1)
      (contact.phones, contact.emails) = try ClientPoints.given(
        arguments, home: call.company.home)
      contact.company = arguments[optional: company]
      try await ClientSight.requireCompany(contact.company, call)
      contact = contact.numbered(try await call.newID(.contact))
      let points = try await KnownPoints(contact.points, call)
      let duplicates = try await ContactDuplicates.ids(of: contact, call)
      let made = contact
      var work = Work(
        points.holding(tenant: call.tenant) + [made.insertion(tenant: call.tenant)],
        answer: RawJSON { made.write(to: &$0, duplicates: duplicates) }, after: made.answer)
      work.newContacts = [made.id]
      return work
    })

  private static let list = Method(
    "contact.list", "The contacts of the cards one sees, and those one entered, by id.",
    takes: [
      .optional(ClientPoints.withPhone), .optional(ClientPoints.withEmail), .optional(prefix),
      .optional(ofCompany),
    ] + CommonMembers.page, gives: Shapes.page(of: Contact.schema), errors: [.invalid],
    .read(.member) { call in
      let page = try Page(call)
      let (phones, emails) = try ClientPoints.given(
        call.arguments, home: call.company.home)
      let beginning = call.arguments[optional: prefix]
      let index = try await ClientNameIndex.of(beginning, .contact, call)
      let statement = index == .none ? ContactStatements.list : ContactStatements.listByName
      let asked: [Parameter] = [
        .string(phones.first.flatMap { PhoneNumber(kept: $0)?.e164 }),
        .string(emails.first.flatMap { EmailAddress($0)?.comparisonKey }), .string(beginning),
        .integer(call.arguments[optional: ofCompany]),
      ]
      let rows = try await call.read(
        statement.bind(
          [call.tenantParameter, .integer(try page.afterID()), page.fetch] + asked
            + index.parameters))
      return page.result(try rows[0].map(Contact.init), key: { String($0.id) }) {
        $0.write(to: &$1)
      }
    })

  private static let get = Method(
    "contact.get", "One contact.",
    details: "Of one that was merged into another, the other, if one sees that: its `id` tells.",
    takes: [.required(CommonMembers.id)], gives: Contact.schema, errors: [.notFound],
    .read(.member) { call in
      let rows = try await call.read(
        ContactStatements.getOrKept(
          call.tenantParameter, .integer(call.arguments[CommonMembers.id])))
      guard let row = rows[0].first else { throw RPCError.notFound(what: "contact") }
      return try Contact(row).answer
    })

  private static let update = Method(
    "contact.update", "Changes a contact: absent members stay, null clears.",
    details: "For whoever entered it, or may edit a card of it. `phone` and `email` change the "
      + "first one; `phones` and `emails` change all. What the stage of an open card demands of its "
      + "contact is not taken away.",
    takes: [
      .required(CommonMembers.id), .optional(name), .clearable(phone), .clearable(email),
      .clearable(ClientPoints.phones), .clearable(ClientPoints.emails), .clearable(company),
    ], gives: Contact.schema, errors: [.notFound, .invalid], traits: .versioned,
    .write(.member) { call in
      let (present, mayChange) = try await find(call)
      guard mayChange else { throw RPCError.forbidden(needs: Action.edit.rawValue) }
      try call.requireVersion(present.version)
      var contact = present
      if let name = call.arguments[optional: name] { contact.name = name }
      (contact.phones, contact.emails) = try ClientPoints.changed(
        present.phones, present.emails, call.arguments, home: call.company.home)
      contact.company = call.arguments.change(company).applied(to: contact.company)
      if contact.company != present.company {
        try await ClientSight.requireCompany(contact.company, call)
      }
      try await ContactDemands.requireKept(present, after: contact, call)
      return Work.update(present, to: contact, answer: \.answer) { contact in
        var after = contact
        after.version += 1
        let update = ContactStatements.update.bind(
          [call.tenantParameter, .integer(contact.id)] + contact.parameters
            + [.integer(present.version)] + contact.pointParameters)
        return Work(
          contact.rewording(from: present, tenant: call.tenant) + [update], answer: after.answer,
          action: .edit)
      }
    })

  private static let delete = Method(
    "contact.delete", "Deletes a contact of whom there are no cards.",
    details: "For whoever entered it, and for admins.", takes: [.required(CommonMembers.id)],
    gives: Deleted.schema, errors: [.notFound, .conflict], traits: [.versioned, .dryRun],
    .write(.member) { call in
      let contact = try await find(call).contact
      guard call.standing.holdsEverything || contact.createdBy == call.standing.user else {
        throw RPCError.forbidden(needs: Action.delete.rawValue)
      }
      try call.requireVersion(contact.version)
      let id = Parameter.integer(contact.id)
      let rows = try await call.read(ContactStatements.countCards(call.tenantParameter, id))
      let cards = try rows[0][0].integer(0)
      guard cards == 0 else {
        throw RPCError.heldByCards(
          cards, "\(cards) cards are of this contact. Give them another contact first.")
      }
      return Work(
        [ContactStatements.delete(call.tenantParameter, id, .integer(contact.version))],
        answer: Deleted.answer(contact.id, isDryRun: call.isDryRun), before: contact.answer)
    })

  private static let erase = Method(
    "contact.erase", "Takes a client's personal data out of everything; counts and sums stay.",
    details: "Name, phone number and e-mail address go from the contact, the texts of its cards, "
      + "their notes and history, kept answers and the audit, which verifies all the same. "
      + "`others` are further contacts with the same number or address. What a note says of "
      + "somebody in other words is erased with `notes` only. `companies` bear the name; it goes "
      + "from those without other contacts with `company`.",
    takes: [
      .required(CommonMembers.id), .optional(ContactErasure.wholeNotes),
      .optional(ContactErasure.companyNames),
    ],
    gives: ContactErasure.shape, errors: [.notFound], traits: [.versioned, .dryRun],
    .write(.admin) { call in
      let contact = try await find(call).contact
      try call.requireVersion(contact.version)
      let merged = try await call.read(
        ClientMergeStatements.intoContact(call.tenantParameter, .integer(contact.id)))
      return try await ContactErasure(
        contact, merged: merged[0].map { (id: try $0.integer(0), name: try $0.string(1)) }, call
      ).work()
    })

  /// A contact that the caller sees, and whether they may change it.
  static func find(
    _ call: TenantCall
  ) async throws -> (contact: Contact, mayChange: Bool) {
    let key: [Parameter] = [
      call.tenantParameter, .integer(call.arguments[CommonMembers.id]),
    ]
    let rows = try await call.read(
      ContactStatements.get.bind(key), ContactStatements.places.bind(key))
    guard let row = rows[0].first else { throw RPCError.notFound(what: "contact") }
    let contact = try Contact(row)
    return (contact, try ClientSight.mayChange(enteredBy: contact.createdBy, cards: rows[1], call))
  }
}

extension Contact {
  /// The same with its id.
  func numbered(_ id: Int64) -> Contact {
    Contact(
      id: id, name: name, phones: phones, emails: emails, company: company, createdBy: createdBy,
      createdAt: createdAt, version: version)
  }
}
