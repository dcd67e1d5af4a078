internal import JSON

/// `voronka deal move ID STAGE`: a deal to another stage.
public struct DealMoveCommand: ConsoleCommand {
  let id: Int64
  let stage: String
  let fields: [String]
  let status: String?

  /// A move to a stage by id or name, filling in custom fields and a last-contact status in the same
  /// step.
  public init(id: Int64, stage: String, fields: [String], status: String? = nil) {
    self.id = id
    self.stage = stage
    self.fields = fields
    self.status = status
  }

  /// Moves it and prints it.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let directory = Directory(session: session)
      var params: JSONObject = ["id": .integer(id)]
      params["stage"] = .integer(try await stageID(directory))
      if let status {
        params["last_contact"] = .integer(try await directory.contactStatus(status))
      }
      params["fields"] = try FieldArguments.object(fields)
      let card = try await session.call("deal.move", .object(params))
      return CardAnswer.make(card, names: try await CardNames.load(directory, for: [card]))
    }
    context.present(answer)
  }

  private func stageID(_ directory: Directory) async throws -> Int64 {
    if let id = Int64(stage) { return id }
    let card = try await directory.session.call("deal.get", ["id": .integer(id)])
    let pipeline = try await directory.pipeline(CellText.exact(card["pipeline"]))
    return try Directory.stage(stage, of: pipeline)
  }
}
