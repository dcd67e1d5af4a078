internal import JSON

/// `voronka deal move ID STAGE`: a deal to another stage.
public struct DealMoveCommand: ConsoleCommand {
  let id: Int64
  let stage: String
  let pipeline: String?
  let fields: [String]
  let status: String?
  let reason: String?
  let comment: String?

  /// A move to a stage by id or name, of another pipeline where one is named, filling in custom fields and a
  /// last-contact status in the same step; into a stage that closes, with the reason and comment that this takes.
  public init(
    id: Int64, stage: String, pipeline: String? = nil, fields: [String], status: String? = nil,
    reason: String? = nil, comment: String? = nil
  ) {
    self.reason = reason
    self.comment = comment
    self.id = id
    self.stage = stage
    self.pipeline = pipeline
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
      if let reason { params["reason"] = .integer(try await directory.anyReason(reason)) }
      params["comment"] = comment.map { .string($0) }
      params["fields"] = try FieldArguments.object(fields)
      let card = try await session.call("deal.move", .object(params))
      return CardAnswer.make(card, names: try await CardNames.load(directory, for: [card]))
    }
    context.present(answer)
  }

  private func stageID(_ directory: Directory) async throws -> Int64 {
    guard let pipeline else { return try await directory.stage(stage, ofCard: id, "deal") }
    return try await directory.stage(stage, of: "deal", in: pipeline).id
  }
}
