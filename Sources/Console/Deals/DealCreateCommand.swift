internal import JSON

/// `voronka deal create`: a new deal.
public struct DealCreateCommand: ConsoleCommand {
  let draft: Draft

  /// What is known of the new deal.
  public struct Draft: Sendable {
    /// What it is called.
    public var title: String
    /// A pipeline by id or name; the server's choice without one.
    public var pipeline: String?
    /// A stage by id or name; the first open one without it.
    public var stage: String?
    /// `1200.50 RUB`, or without the currency, which is then the tenant's.
    public var amount: String?
    /// A contact's id.
    public var contact: Int64?
    /// The client's name, where no contact is named by its id.
    public var name: String?
    /// The client's phone.
    public var phone: String?
    /// The client's e-mail.
    public var email: String?
    /// Where the request came from.
    public var source: String?
    /// A company's id.
    public var company: Int64?
    /// The responsible by id, e-mail or name.
    public var responsible: String?
    /// Custom fields as `key=value`.
    public var fields: [String] = []

    /// A deal of which only the title is known.
    public init(title: String) {
      self.title = title
    }
  }

  /// A new deal from a draft.
  public init(draft: Draft) {
    self.draft = draft
  }

  /// Creates it and prints it.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let directory = Directory(session: session)
      let card = try await session.call("deal.create", .object(try await params(directory)))
      return CardAnswer.make(
        card, names: try await CardNames.load(directory, for: [card]),
        heading: "Created deal \(CellText.exact(card["id"])).")
    }
    context.present(answer)
  }

  private func params(_ directory: Directory) async throws -> JSONObject {
    var params: JSONObject = ["title": .string(draft.title)]
    if let text = draft.pipeline {
      params["pipeline"] = .integer(try Directory.id(try await directory.pipeline(text)))
    }
    if let text = draft.stage {
      let stage = try await directory.stage(text, of: "deal", in: draft.pipeline, for: "create")
      params["stage"] = .integer(stage.id)
      if let pipeline = stage.pipeline { params["pipeline"] = .integer(pipeline) }
    }
    if let amount = draft.amount {
      params["amount"] = try await MoneyArgument.parse(amount, session: directory.session)
    }
    let client = ClientDraft.typed(name: draft.name, phone: draft.phone, email: draft.email)
    if draft.contact != nil, client != nil {
      throw ConsoleFailure.usage(
        "Say --contact, or who it is by --name, --phone and --email, not both.")
    }
    params["contact"] = draft.contact.map { .integer($0) } ?? client
    params["source"] = draft.source.map { .string($0) }
    params["company"] = draft.company.map { .integer($0) }
    if let person = draft.responsible {
      params["responsible"] = .integer(try await directory.user(person))
    }
    params["fields"] = try FieldArguments.object(draft.fields)
    return params
  }
}
