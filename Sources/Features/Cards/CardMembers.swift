internal import JSON
internal import JSONRPC
internal import SalesRules

/// What `lead.*` and `deal.*` take.
enum CardMembers {
  static let pipeline = Member<Int64>.identifier("pipeline", "The pipeline's id.")
  static let stage = Member<Int64>.identifier("stage", "The stage's id.")
  static let title = Member<String>.text("title", length: 1...500, "What it is about.")
  static let amount = CommonMembers.money("amount", "The amount, in the company's currency.")
  static let company = Member<Int64>.identifier("company", "The client's company, by id.")
  static let responsible = Member<Int64>.identifier("responsible", "The user responsible, by id.")
  static let responsibleOrNobody = responsible.orNull()
  static let source = Member<String>.text("source", "Where the request came from.")
  static let fields = Member<JSONObject>.json("fields", "The company's own fields, by key.")
  /// What a lead that is moved to a stage that transfers gives to the deal.
  static let deal = Member<Arguments>.object(
    "deal", [.optional(title), .optional(amount), .optional(fields)],
    "Values of the deal that a transfer makes: title, amount, fields. What the lead carries fills the rest."
  )
  static let fieldFilter = Member<JSONObject>.json(
    "fields",
    "Only cards that hold these values of the company's own fields: a value, {\"any\": […]} or "
      + "{\"from\": …, \"to\": …}, by key.")
  static let reason = Member<Int64>.identifier("reason", "A reason of the company's list, by id.")
  static let comment = Member<String>.longText("comment", length: 0...10_000, "A comment.")
  static let outcome = Member<Outcome>.choice("outcome", "How it stands.")
  static let lossKind = Member<LossKind>.choice(
    "loss_kind", "Only cards lost so: dropped, refused or vanished, as their reasons say.")
  static let contactID = Member<Int64>.identifier("contact", "The contact's id.")
  static let paused = Member<Bool>.boolean(
    "paused", "Only cards that are paused (true), or that are not (false).")
  static let neglected = Member<Bool>.boolean(
    "neglected",
    "Only open cards for which nothing is planned and which are not paused (true), or only the others (false)."
  )
  static let lastContact = Member<Int64>.identifier(
    "last_contact", "What it tells of the last contact: a status of the company's list, by id.")
  static let order = Member<Order>.choice(
    "order", "By id: newest first (the default) or oldest first.")

  static let with = Member<[Further]>.array(
    "with", of: Member<Further>.choice("further", "What."), count: 0...1,
    "What to tell of each card besides: next_activity, the nearest of its planned activities.")

  /// What a board takes like a list, to choose among the cards of its stages.
  static let boardFilters: [MemberDeclaration] = [
    .optional(responsible), .optional(contactID), .optional(company), .optional(source),
    .optional(fieldFilter), .optional(neglected),
  ]

  enum Further: String, CaseIterable, Sendable {
    case nextActivity = "next_activity"
  }

  enum Order: String, CaseIterable, Sendable {
    case newest
    case oldest
  }

  private static let contactName = Member<String>.text("name", "The contact's name.")

  /// A contact: one that is there, by id, or what is known of the person.
  static let contact = Member<ContactChoice>.oneOf(
    "contact",
    [
      contactID.map { .success(.known($0)) },
      Member<Arguments>.object(
        "contact",
        [
          .optional(contactName), .optional(ClientPoints.phone), .optional(ClientPoints.email),
          .optional(ClientPoints.phones), .optional(ClientPoints.emails),
        ], "What is known of the person."
      ).map { arguments in
        let draft = ContactDraft(
          name: arguments[optional: contactName],
          phones: [arguments[optional: ClientPoints.phone]].compactMap(\.self)
            + (arguments[optional: ClientPoints.phones] ?? []),
          emails: [arguments[optional: ClientPoints.email]].compactMap(\.self)
            + (arguments[optional: ClientPoints.emails] ?? []))
        return draft.isEmpty
          ? .failure(FieldProblems("has to have a name, phone or email")) : .success(.new(draft))
      },
    ], "The contact: an id, or an object with name, phone, email, phones, emails.")
}
