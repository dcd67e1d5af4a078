internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `contact.duplicates` and `contact.merge`.
extension ContactMethods {
  static let duplicates = Method(
    "contact.duplicates", "Pairs of contacts with the same phone number or e-mail address.",
    details: "Only among those one sees; with `id` those that may be the same as this one.",
    takes: [.optional(ClientDuplicates.id)] + CommonMembers.page, gives: ClientDuplicates.shape,
    errors: [.notFound],
    .read(.member) { call in
      try await ClientDuplicates(
        noun: "contact", exists: ContactStatements.get, pairs: ClientDuplicatesStatements.contacts
      ).page(call)
    })

  static let merge = Method(
    "contact.merge", "Merges contacts into one: their cards, numbers and addresses become its own.",
    details: "What the one lacks it gets from the others, which are gone; their ids go on naming "
      + "it in contact.get and where cards name contacts. Needs `edit` on every card of theirs. "
      + "Deals are never merged.",
    takes: [.required(CommonMembers.id), .required(ClientMerge.from)],
    gives: ClientMerge.schema("contact", Contact.schema),
    errors: [.notFound, .invalid, .conflict], traits: [.versioned, .dryRun],
    .write(.member) { call in
      let merge = try ClientMerge("contact", call)
      let (present, mayChange) = try await find(call)
      guard mayChange else { throw RPCError.forbidden(needs: Action.edit.rawValue) }
      try call.requireVersion(present.version)
      let rows = try await call.read(
        ClientMergeStatements.contacts(call.tenantParameter, .integers(merge.sources)))
      let others = try rows[0].map(Contact.init)
      guard others.count == merge.sources.count else { throw RPCError.notFound(what: "contact") }
      let cards = try await merge.cards(ClientMergeStatements.cardsOfContacts)
      try merge.requireChange(authors: others.map { ($0.id, $0.createdBy) }, cards)
      var kept = present
      (kept.phones, kept.emails) = try merge.points(
        [present.phones] + others.map(\.phones), [present.emails] + others.map(\.emails))
      kept.company = present.company ?? others.lazy.compactMap(\.company).first
      kept.version += 1
      let after = kept
      let answer = merge.answer(cards.count) { after.write(to: &$0) }
      if call.isDryRun { return .nothing(answer) }
      let all = [present] + others
      var statements = [
        ClientMergeStatements.lockContacts(
          call.tenantParameter, .integers(all.map(\.id)), .integers(all.map(\.version)))
      ]
      statements += kept.rewording(from: present, tenant: call.tenant)
      statements.append(
        ContactStatements.update.bind(
          [call.tenantParameter, .integer(kept.id)] + kept.parameters
            + [.integer(present.version)] + kept.pointParameters))
      statements.append(merge.noting(others.map(\.name)))
      statements += merge.moving(cards, ClientMergeStatements.moveCardsOfContacts)
      statements.append(
        ClientMergeStatements.removeContacts(.integer(kept.id), .integers(merge.sources)))
      return Work(
        statements, answer: answer,
        before: RawJSON {
          $0.object {
            $0.name("contact")
            present.write(to: &$0)
            $0.name("merged")
            $0.array { for other in others { other.write(to: &$0) } }
          }
        }, action: .edit, written: cards.map(\.id))
    })
}
