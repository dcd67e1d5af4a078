internal import JSON

/// `voronka lead create`: a new lead.
public struct LeadCreateCommand: ConsoleCommand {
  let draft: Draft

  /// What is known of the new lead.
  public struct Draft: Sendable {
    /// What it is about.
    public var title: String
    /// The client's name.
    public var name: String?
    /// The client's phone.
    public var phone: String?
    /// The client's e-mail.
    public var email: String?
    /// Where the request came from.
    public var source: String?
    /// The responsible by id, e-mail or name.
    public var responsible: String?
    /// Custom fields as `key=value`.
    public var fields: [String] = []

    /// A lead of which only the title is known.
    public init(title: String) {
      self.title = title
    }
  }

  /// A new lead from a draft.
  public init(draft: Draft) {
    self.draft = draft
  }

  /// Creates it and prints it.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let directory = Directory(session: session)
      let card = try await session.call("lead.create", .object(try await params(directory)))
      return CardAnswer.make(
        card, names: try await CardNames.load(directory, for: [card]),
        heading: "Created lead \(CellText.exact(card["id"])).")
    }
    context.present(answer)
  }

  private func params(_ directory: Directory) async throws -> JSONObject {
    var params: JSONObject = ["title": .string(draft.title)]
    params["contact"] = ClientDraft.typed(
      name: draft.name, phone: draft.phone, email: draft.email)
    params["source"] = draft.source.map { .string($0) }
    if let person = draft.responsible {
      params["responsible"] = .integer(try await directory.user(person))
    }
    params["fields"] = try FieldArguments.object(draft.fields)
    return params
  }
}
