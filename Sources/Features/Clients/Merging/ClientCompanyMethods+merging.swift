internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `company.duplicates` and `company.merge`.
extension ClientCompanyMethods {
  static let duplicates = Method(
    "company.duplicates", "Pairs of companies with the same name, phone number or e-mail address.",
    details: "Only among those one sees; with `id` those that may be the same as this one. Legal "
      + "forms, quotes and signs of a name do not count.",
    takes: [.optional(ClientDuplicates.id)] + CommonMembers.page, gives: ClientDuplicates.shape,
    errors: [.notFound],
    .read(.member) { call in
      try await ClientDuplicates(
        noun: "company", exists: ClientCompanyStatements.exists,
        pairs: ClientDuplicatesStatements.companies
      ).page(call)
    })

  static let merge = Method(
    "company.merge", "Merges companies into one: their cards, contacts and numbers become its own.",
    details: "What the one lacks it gets from the others, which are gone; their ids go on naming "
      + "it in company.get. Needs `edit` on every card of theirs. Deals are never merged.",
    takes: [.required(CommonMembers.id), .required(ClientMerge.from)],
    gives: ClientMerge.schema("company", ClientCompany.schema),
    errors: [.notFound, .invalid, .conflict], traits: [.versioned, .dryRun],
    .write(.member) { call in
      let merge = try ClientMerge("company", call)
      let (present, mayChange) = try await find(call)
      guard mayChange else { throw RPCError.forbidden(needs: Action.edit.rawValue) }
      try call.requireVersion(present.version)
      let rows = try await call.read(
        ClientMergeStatements.companies(call.tenantParameter, .integers(merge.sources)))
      let others = try rows[0].map(ClientCompany.init)
      guard others.count == merge.sources.count else { throw RPCError.notFound(what: "company") }
      let cards = try await merge.cards(ClientMergeStatements.cardsOfCompanies)
      try merge.requireChange(authors: others.map { ($0.id, $0.createdBy) }, cards)
      var kept = present
      (kept.phones, kept.emails) = try merge.points(
        [present.phones] + others.map(\.phones), [present.emails] + others.map(\.emails))
      for member in others.flatMap(\.fields.members) where kept.fields[member.name] == nil {
        kept.fields[member.name] = member.value
      }
      kept.version += 1
      let after = kept
      let answer = merge.answer(cards.count) { after.write(to: &$0) }
      if call.isDryRun { return .nothing(answer) }
      let all = [present] + others
      var statements = [
        ClientMergeStatements.lockCompanies(
          call.tenantParameter, .integers(all.map(\.id)), .integers(all.map(\.version)))
      ]
      statements += kept.rewording(from: present, tenant: call.tenant)
      statements.append(kept.update(from: present.version, tenant: call.tenant))
      statements.append(merge.noting(others.map(\.name)))
      statements += merge.moving(cards, ClientMergeStatements.moveCardsOfCompanies)
      statements.append(
        ClientMergeStatements.removeCompanies(.integer(kept.id), .integers(merge.sources)))
      return Work(
        statements, answer: answer,
        before: RawJSON {
          $0.object {
            $0.name("company")
            present.write(to: &$0)
            $0.name("merged")
            $0.array { for other in others { other.write(to: &$0) } }
          }
        }, action: .edit, written: cards.map(\.id))
    })
}
