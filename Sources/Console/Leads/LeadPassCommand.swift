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
  let extra: Extra

  /// What may be told besides.
  public struct Extra: Sendable {
    /// A last-contact status by id or name.
    public var status: String?
    /// A reason by id or name, into a stage that closes.
    public var reason: String?
    /// A comment, into a stage that closes.
    public var comment: String?
    /// What the deal is called, if not as the lead.
    public var title: String?
    /// The deal's amount, such as `1200.50 RUB`.
    public var amount: String?
    /// The deal's own fields as `key=value`, where a move makes one.
    public var dealFields: [String] = []
    /// The deal's stage by id or name, where the lead is converted.
    public var stage: String?
    /// The deal's responsible by id, e-mail or name, where the lead is converted.
    public var responsible: String?

    /// Nothing besides.
    public init() {}
  }

  /// A lead on its way.
  public init(id: Int64, to target: Target, fields: [String] = [], extra: Extra = Extra()) {
    self.extra = extra
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
      if let status = extra.status {
        params["last_contact"] = .integer(try await directory.contactStatus(status))
      }
      var deal = JSONObject()
      deal["title"] = extra.title.map { .string($0) }
      if let amount = extra.amount {
        deal["amount"] = try await MoneyArgument.parse(amount, session: session)
      }
      let method: String
      switch target {
      case .pipeline(let text):
        method = "lead.convert"
        let pipeline = try await directory.pipeline(text)
        params["pipeline"] = .integer(try Directory.id(pipeline))
        for member in deal.members { params[member.name] = member.value }
        if let stage = extra.stage {
          params["stage"] = .integer(try Directory.stage(stage, among: [pipeline]).id)
        }
        if let person = extra.responsible {
          params["responsible"] = .integer(try await directory.user(person))
        }
      case .stage(let text):
        method = "lead.move"
        params["stage"] = .integer(
          try Directory.stage(text, among: [try await directory.leadPipeline()]).id)
        deal["fields"] = try FieldArguments.object(extra.dealFields)
        if !deal.isEmpty { params["deal"] = .object(deal) }
        if let reason = extra.reason {
          params["reason"] = .integer(try await directory.anyReason(reason))
        }
        params["comment"] = extra.comment.map { .string($0) }
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
