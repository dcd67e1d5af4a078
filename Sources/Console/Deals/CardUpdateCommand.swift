internal import JSON

/// `voronka deal update ID` and `voronka lead update ID`: other values of a card.
public struct CardUpdateCommand: ConsoleCommand {
  let id: Int64
  let title: String?
  let source: String?
  let status: String?
  let fields: [String]
  private let noun: String

  /// Values that change: a title, a source, a last-contact status by id or name, fields as `key=value`.
  public init(
    id: Int64, title: String?, source: String?, status: String?, fields: [String],
    of noun: String = "deal"
  ) {
    self.id = id
    self.title = title
    self.source = source
    self.status = status
    self.fields = fields
    self.noun = noun
  }

  /// Changes them and prints the card.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let directory = Directory(session: session)
      var params: JSONObject = ["id": .integer(id)]
      params["title"] = title.map { .string($0) }
      params["source"] = source.map { .string($0) }
      params["fields"] = try FieldArguments.object(fields)
      if let status {
        params["last_contact"] = .integer(try await directory.contactStatus(status))
      }
      let card = try await session.call("\(noun).update", .object(params))
      return CardAnswer.make(card, names: try await CardNames.load(directory, for: [card]))
    }
    context.present(answer)
  }
}
