internal import JSON

/// `voronka lead convert` and `voronka lead move`: a lead goes on, into a pipeline or to another stage.
public struct LeadPassCommand: ConsoleCommand {
  /// Where it goes.
  public enum Target: Sendable {
    /// A deal pipeline by id or name: the lead becomes a deal there.
    case pipeline(String)
    /// A stage of the lead pipeline by id or name, which may transfer.
    case stage(String)
  }

  let id: Int64
  let target: Target
  let fields: [String]

  /// A lead on its way.
  public init(id: Int64, to target: Target, fields: [String] = []) {
    self.id = id
    self.target = target
    self.fields = fields
  }

  /// Passes it on and prints what has become of it.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let directory = Directory(session: session)
      var params: JSONObject = ["id": .integer(id)]
      params["fields"] = try FieldArguments.object(fields)
      let method: String
      switch target {
      case .pipeline(let text):
        method = "lead.convert"
        let pipeline = try await directory.pipeline(text)
        params["pipeline"] = .integer(try Directory.id(pipeline))
      case .stage(let text):
        method = "lead.move"
        params["stage"] = .integer(
          try Directory.stage(text, of: try await directory.leadPipeline()))
      }
      let result = try await session.call(method, .object(params))
      let names = try await CardNames.load(directory)
      guard result["deal"] != nil else { return CardAnswer.make(result, names: names) }
      return Self.answer(result, names, method)
    }
    context.present(answer)
  }

  private static func answer(_ result: JSON, _ names: CardNames, _ method: String) -> Answer {
    Answer(json: result, origin: Origin(method)) { page in
      let lead = CellText.exact(result["lead"]?["id"])
      let deal = CellText.exact(result["deal"]?["id"])
      return [TerminalText.line("Lead \(lead) is deal \(deal) now.")] + WarningLines.of(result)
        + GenericAnswer.members(names.readable(result["deal"] ?? .null), page: page)
    }
  }
}
