internal import JSON
internal import JSONRPC
internal import SalesRules

/// `card.search`.
enum SearchMethods {
  static let all = [search]

  private static let query = Member<String>.text(
    "query", length: 1...500,
    "Words, each by its beginning and all of them; a phone number as people write it, its beginning or "
      + "its last seven digits; an e-mail address; a card's number.")
  private static let kind = Member<CardKind>.choice("kind", "Only leads, or only deals.")

  private static let item = Schema.object(
    [
      "card": Shapes.cardReference,
      "contact": Schema.object(
        [
          "id": .identifier, "name": .string, "phone": Schema.string.nullable,
          "email": Schema.string.nullable,
        ], required: ["id", "name"]
      ).nullable,
      "company": Schema.object(
        ["id": .identifier, "name": .string], required: ["id", "name"]
      ).nullable,
      "matched": .array(of: .string),
    ], required: ["card", "contact", "company", "matched"])

  private static let search = Method(
    "card.search", "The cards that one may see with all that is asked for, newest first.",
    details: "By title, number, the contact's name, phone number and e-mail address, the company's "
      + "name, and fields that are searchable. Small and capital letters, ё and е are the same. "
      + "`matched` says by what a card was found. A page may have fewer items than its limit, or "
      + "none, and a `next` nevertheless: where every word is a common one, so many cards are gone "
      + "through for each page.",
    takes: [
      .required(query), .optional(kind), .optional(CardMembers.pipeline),
      .optional(CardMembers.outcome),
    ] + CommonMembers.page, gives: Shapes.page(of: item), errors: [.notFound, .invalid],
    .read(.member) { call in
      let page = try Page(call)
      guard let asked = SearchQuery(call.arguments[query], home: call.company.home) else {
        throw RPCError.invalid([
          FieldProblem(
            path: "query",
            problem: "has to have one to \(SearchQuery.most) words of letters or digits")
        ])
      }
      let pipeline = call.arguments[optional: CardMembers.pipeline]
      if let pipeline {
        guard call.company.pipeline(pipeline) != nil, call.standing.knows(pipeline: pipeline) else {
          throw RPCError.notFound(what: "pipeline")
        }
      }
      return try await CardSearch(
        query: asked, kind: call.arguments[optional: kind], pipeline: pipeline,
        outcome: call.arguments[optional: CardMembers.outcome], call: call
      ).answer(page)
    })
}
