internal import JSON

/// `voronka activity …`: what there is to do for a card, and what was done.
public struct ActivityCommand: ConsoleCommand {
  /// What to do; moments are typed by the company's time zone, `2026-03-01 10:00`, or as RFC 3339.
  public enum Action: Sendable {
    /// The activities of a card.
    case list(card: Int64)
    /// A new one.
    case plan(card: Int64, type: String, due: String, subject: String?, responsible: String?)
    /// It is done, with a last-contact status by id or name; another one may be planned with it.
    case complete(id: Int64, outcome: String?, next: Next?, status: String? = nil)
    /// It is not to be done.
    case cancel(id: Int64, comment: String?)
    /// Nobody answered.
    case missedCall(card: Int64, retry: String?)
    /// The client wants to be called later.
    case callBack(card: Int64, at: String)
    /// The client turned to the company.
    case incoming(card: Int64, type: String, subject: String?, answered: Bool)
  }

  /// What is planned next.
  public struct Next: Sendable {
    let type: String
    let due: String
    let subject: String?

    /// An activity of a type, due at a moment.
    public init(type: String, due: String, subject: String?) {
      self.type = type
      self.due = due
      self.subject = subject
    }

    fileprivate func json(_ directory: Directory, _ moments: CompanyMoments) async throws -> JSON {
      let kind = try await ActivityKind.member(type, directory)
      var params: JSONObject = ["due_at": .string(try moments.wire(due))]
      params[kind.name] = kind.value
      params["subject"] = subject.map { .string($0) }
      return .object(params)
    }
  }

  let action: Action

  /// A command on activities.
  public init(_ action: Action) {
    self.action = action
  }

  /// Does it and prints the outcome.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let directory = Directory(session: session)
      if case .list(let card) = action { return try await list(card, directory) }
      let (method, params) = try await call(directory, try await CompanyMoments.load(session))
      return GenericAnswer.make(try await session.call(method, .object(params)), of: method)
    }
    context.present(answer)
  }

  private func call(
    _ directory: Directory, _ moments: CompanyMoments
  ) async throws -> (method: String, params: JSONObject) {
    var params = JSONObject()
    func give(_ name: String, _ text: String?) { params[name] = text.map { .string($0) } }
    switch action {
    case .list(let card):
      params["card"] = .integer(card)
      return ("activity.list", params)
    case .plan(let card, let type, let due, let subject, let responsible):
      params["card"] = .integer(card)
      let kind = try await ActivityKind.member(type, directory)
      params[kind.name] = kind.value
      give("due_at", try moments.wire(due))
      give("subject", subject)
      if let responsible {
        params["responsible"] = .integer(try await directory.user(responsible))
      }
      return ("activity.plan", params)
    case .complete(let id, let outcome, let next, let status):
      params["id"] = .integer(id)
      give("outcome", outcome)
      if let next { params["next"] = try await next.json(directory, moments) }
      if let status {
        params["last_contact"] = .integer(try await directory.contactStatus(status))
      }
      return ("activity.complete", params)
    case .cancel(let id, let comment):
      params["id"] = .integer(id)
      give("comment", comment)
      return ("activity.cancel", params)
    case .missedCall(let card, let retry):
      params["card"] = .integer(card)
      give("retry_at", try retry.map { try moments.wire($0) })
      return ("activity.missed_call", params)
    case .callBack(let card, let moment):
      params["card"] = .integer(card)
      give("at", try moments.wire(moment))
      return ("activity.call_back", params)
    case .incoming(let card, let type, let subject, let answered):
      params["card"] = .integer(card)
      let kind = try await ActivityKind.member(type, directory)
      params[kind.name] = kind.value
      give("subject", subject)
      if answered { params["answered"] = true }
      return ("activity.record_incoming", params)
    }
  }

  private func list(_ card: Int64, _ directory: Directory) async throws -> Answer {
    let items = try await directory.session.items("activity.list", ["card": .integer(card)])
    let people = try await directory.userNames()
    let kinds = try await ActivityKind.names(of: items, directory.session)
    return Listing.answer(
      json: ["items": .array(items), "next": .null], items: items,
      columns: [
        Listing.Column("ID", .right) { CellText.exact($0["id"]) },
        Listing.Column("TYPE") { ActivityKind.name($0, kinds) },
        Listing.Column("STATE") { Self.state($0) },
        Listing.Column("WHEN") {
          CellText.plain($0["done_at"]?.isNull == false ? $0["done_at"] : $0["due_at"])
        },
        .member("subject"), .member("outcome"),
        Listing.Column("RESPONSIBLE") { PersonText.name($0["responsible"], people: people) },
      ], ifEmpty: "Nothing was planned or done.", origin: Origin("activity.list", "items"))
  }

  /// How it stands, in a word.
  private static func state(_ activity: JSON) -> String {
    if activity["overdue"] == true { return "overdue" }
    guard activity["direction"] == "incoming", activity["state"] == "done" else {
      return CellText.plain(activity["state"])
    }
    return activity["answered"] == true ? "answered" : "unanswered"
  }
}
