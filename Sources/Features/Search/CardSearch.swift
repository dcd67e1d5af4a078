internal import JSON
internal import JSONRPC
internal import Postgres
internal import SalesRules

/// `card.search`: the cards that have all that is asked for, newest first.
///
/// The rarest word is looked up and its cards are asked for the others, as long as it has no more than a
/// few thousand places in the company. Where every word is a common one, the cards that the caller sees are gone
/// through instead, newest first: among them such words are not far between. Where they are, because they
/// hardly ever come together, the rarest one is looked up after all, unless it is very common. How common a word
/// is in the whole company thus decides how it is looked for, and never what is found.
struct CardSearch {
  let query: SearchQuery
  let kind: CardKind?
  let pipeline: Int64?
  let outcome: Outcome?
  let call: TenantCall

  /// The most places of a word that is looked up.
  private var rare: Int64 { call.services.configuration.rareWordPlaces }

  func answer(_ page: Page) async throws -> RawJSON {
    let after = try page.afterID()
    guard let term = try await rarest(upTo: rare) else {
      return try await goThrough(page, after: after)
    }
    let rows = try await call.read(lookUp(term, below: after, fetch: page.limit + 1))[1]
    return try answer(page, rows)
  }

  /// The term with the fewest places, if those are few, with the whole number if there is one. Counted by the server: what is behind a word in the
  /// company is told to nobody.
  private func rarest(upTo most: Int64) async throws -> SearchTerm? {
    let wanted = query.terms.map { term in query.number.map(term.or) ?? term }
    let counts = try await call.readAsServer(
      wanted.map { term in
        CardSearchStatements.count(
          call.tenantParameter, .strings(term.prefixes),
          .strings(term.prefixes.map(Self.upper)), .integer(most + 1))
      })
    var least: (term: SearchTerm, count: Int64)?
    for (term, rows) in zip(wanted, counts) {
      let count = try rows[0].integer(0)
      if count <= most, count < least?.count ?? .max { least = (term, count) }
    }
    return least?.term
  }

  private func lookUp(_ term: SearchTerm, below: Int64?, fetch: Int) -> [BoundStatement] {
    [
      ImportStatements.planByIndex(),
      CardSearchStatements.byWord.bind(
        asked(below: below, fetch: .integer(fetch))
          + [
            .strings(term.prefixes), .strings(term.prefixes.map(Self.upper)),
            .integer(term.number),
          ]),
    ]
  }

  private func goThrough(_ page: Page, after: Int64?) async throws -> RawJSON {
    var found: [Row] = []
    var below = after
    let steps = call.services.configuration.searchSteps
    for (place, step) in steps.enumerated() {
      if place == steps.count - 1, let term = try await rarest(upTo: 5 * rare) {
        found += try await call.report(
          lookUp(term, below: below, fetch: page.limit + 1 - found.count))[1]
        return try answer(page, found)
      }
      let statements = walk(below: below, fetch: page.limit + 1 - found.count, step: step)
      // What takes longer delays no short work.
      let results = try await place == 0 ? call.read(statements) : call.report(statements)
      found += results[2]
      guard found.count <= page.limit else { return try answer(page, found) }
      guard try results[1][0].integer(1) == step else { return try answer(page, found) }
      below = try results[1][0].integer(0)
    }
    // The page is not full, and there is more to go through.
    return try answer(page, found, next: below)
  }

  private func walk(below: Int64?, fetch: Int, step: Int64) -> [BoundStatement] {
    let reach = Array(asked(below: below, fetch: .null).prefix(6)) + [.integer(step)]
    let cards = asked(below: below, fetch: .integer(fetch)) + [.integer(step)]
    guard let people else {
      return [
        ImportStatements.planByIndex(), CardSearchStatements.reach.bind(reach),
        CardSearchStatements.byCard(people: false).bind(cards),
      ]
    }
    return [
      ImportStatements.planByIndex(), CardSearchStatements.reachOfPeople.bind(reach + [people]),
      CardSearchStatements.byCard(people: true).bind(cards + [people]),
    ]
  }

  /// All whose cards the caller may see, where they are few.
  private var people: Parameter? { call.standing.fewPeopleSeen.map { .integers($0) } }

  /// `$1` to `$10`.
  private func asked(below: Int64?, fetch: Parameter) -> [Parameter] {
    var (prefixes, terms, numbers) = ([String](), [Int64](), [Int64?]())
    for (place, term) in query.terms.enumerated() {
      for prefix in term.prefixes {
        prefixes.append(prefix)
        terms.append(Int64(place))
        numbers.append(term.number)
      }
    }
    for prefix in query.number?.prefixes ?? [] {
      prefixes.append(prefix)
      terms.append(CardSearchStatements.wholeNumber)
      numbers.append(nil)
    }
    return [
      call.tenantParameter, .integer(below), fetch, .string(kind?.rawValue), .integer(pipeline),
      .string(outcome?.rawValue), .strings(prefixes), .integers(terms), .integers(numbers),
      .integer(Int64(query.terms.count)),
    ]
  }

  /// Behind every word that begins so.
  private static func upper(_ prefix: String) -> String { prefix + "\u{10FFFF}" }

  /// A page of what was found; one more than it holds tells that it goes on.
  private func answer(_ page: Page, _ found: some Collection<Row>) throws -> RawJSON {
    let rows = Array(found.prefix(page.limit))
    return try answer(page, rows, next: found.count > page.limit ? rows.last?.integer(0) : nil)
  }

  private func answer(_ page: Page, _ rows: [Row], next: Int64?) throws -> RawJSON {
    let cards = CardRowWriter(call.company)
    return try page.result(rows, nextKey: next.map(String.init)) { row, writer in
      let match = try SearchMatch(row, query: query, company: call.company)
      try writer.object {
        $0.name("card")
        cards.write(row, to: &$0)
        $0.name("contact")
        try match.writeContact(to: &$0)
        $0.name("company")
        try match.writeCompany(to: &$0)
        $0.member("matched", match.members)
      }
    }
  }
}
