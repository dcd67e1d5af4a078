internal import JSON

/// `voronka deal copy ID PIPELINE`: a deal goes on in another pipeline.
public struct DealCopyCommand: ConsoleCommand {
  let id: Int64
  let pipeline: String
  let stage: String?
  let responsible: String?
  let reason: String?
  let comment: String?
  let status: String?
  let fields: [String]
  let title: String?
  let amount: String?

  /// A copy into a pipeline by id or name, with the reason and comment that winning takes, and the
  /// last-contact status that a deal made anew of one lost long ago takes; title and amount are the deal's without others.
  public init(
    id: Int64, pipeline: String, stage: String? = nil, responsible: String? = nil,
    reason: String? = nil, comment: String? = nil, status: String? = nil, fields: [String] = [],
    title: String? = nil, amount: String? = nil
  ) {
    self.title = title
    self.amount = amount
    self.id = id
    self.pipeline = pipeline
    self.stage = stage
    self.responsible = responsible
    self.reason = reason
    self.comment = comment
    self.status = status
    self.fields = fields
  }

  /// Copies it and prints the new deal.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let directory = Directory(session: session)
      let target = try await directory.pipeline(pipeline)
      var params: JSONObject = [
        "id": .integer(id), "pipeline": .integer(try Directory.id(target)),
      ]
      if let stage {
        params["stage"] = .integer(try Directory.stage(stage, among: [target]).id)
      }
      if let responsible {
        params["responsible"] = .integer(try await directory.user(responsible))
      }
      if let reason {
        params["reason"] = .integer(try await directory.reason(reason, kind: "win"))
      }
      params["comment"] = comment.map { .string($0) }
      if let status {
        params["last_contact"] = .integer(try await directory.contactStatus(status))
      }
      params["title"] = title.map { .string($0) }
      if let amount {
        params["amount"] = try await MoneyArgument.parse(amount, session: session)
      }
      params["fields"] = try FieldArguments.object(fields)
      let result = try await session.call("deal.copy", .object(params))
      return try await Self.answer(result, directory)
    }
    context.present(answer)
  }

  private static func answer(_ result: JSON, _ directory: Directory) async throws -> Answer {
    let names = try await CardNames.load(directory, for: [result["deal"] ?? .null])
    return Answer(json: result, origin: Origin("deal.copy")) { page in
      let number = CellText.exact(result["deal"]?["id"])
      let left = CellText.exact(result["from"]?["id"])
      let outcome = CellText.plain(result["from"]?["outcome"])
      let heading = "Made deal \(number) on the base of deal \(left), which is \(outcome)."
      return [TerminalText.line(heading)]
        + WarningLines.of(result)
        + GenericAnswer.members(names.readable(result["deal"] ?? .null), page: page)
    }
  }
}
