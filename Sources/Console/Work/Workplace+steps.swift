internal import JSON
internal import JSONRPC

/// Steps of a card that the stages' rules decide on.
extension Workplace {
  func moveAnywhere(_ card: JSON) async throws {
    let design = pipelines.first { $0["id"] == card["pipeline"] }
    let others = (design?["stages"]?.array ?? []).filter {
      $0["kind"] == "open" && $0["id"] != card["stage"]
    }
    let names = others.map { stage in
      let hint = stage["hint"]?.string ?? ""
      return (stage["name"]?.string ?? "") + (hint.isEmpty ? "" : "  (\(hint))")
    }
    guard let index = try await choose("Move \(name(of: card)) to", names) else { return }
    try await move(card, to: others[index])
  }

  func moveOn(_ card: JSON) async throws {
    let design = pipelines.first { $0["id"] == card["pipeline"] }
    let open = (design?["stages"]?.array ?? []).filter { $0["kind"] == "open" }
    guard let place = open.firstIndex(where: { $0["id"] == card["stage"] }),
      open.indices.contains(place + 1)
    else { return status = "This is the last stage: w wins, x loses." }
    try await move(card, to: open[place + 1])
  }

  private func move(_ card: JSON, to stage: JSON) async throws {
    let parameters: JSONObject = ["id": card["id"] ?? .null, "stage": stage["id"] ?? .null]
    let moved = try await fillingIn(parameters, card, "\(kind(of: card)).move")
    guard let moved else { return }
    try await reload()
    let deal = moved["deal"]?["id"].map { "Handed over as deal \(CellText.exact($0))." }
    let words = deal ?? "Moved to \(stage["name"]?.string ?? "")."
    status = ([TerminalText.line(words)] + WarningLines.of(moved)).joined(separator: " ")
  }

  // MARK: - Ends

  func win(_ card: JSON) async throws {
    guard kind(of: card) == "deal" else {
      return status = "A lead is not won: m moves it to a transfer stage."
    }
    try await close(
      card, "win", reasons: "win", needsReason: settings["require_win_reason"] == true)
  }

  /// Into one of the pipeline's lost stages, where it has several.
  func lose(_ card: JSON) async throws {
    let design = pipelines.first { $0["id"] == card["pipeline"] }
    let lost = (design?["stages"]?.array ?? []).filter { $0["kind"] == "lost" }
    var stage: JSON?
    if lost.count > 1 {
      let names = lost.map { $0["name"]?.string ?? "" }
      guard let index = try await choose("\(name(of: card)) is lost as", names) else { return }
      stage = lost[index]["id"]
    }
    try await close(
      card, "lose", reasons: "loss", stage: stage,
      needsReason: settings["require_loss_reason"] == true)
  }

  func close(
    _ card: JSON, _ verb: String, reasons: String, stage: JSON? = nil, needsReason: Bool = false
  ) async throws {
    let list = try await items("reason.list", ["kind": .string(reasons)])
    var parameters: JSONObject = ["id": card["id"] ?? .null]
    parameters["stage"] = stage
    var needsComment = settings["require_\(reasons)_comment"] == true
    if !list.isEmpty {
      let names = list.map { $0["name"]?.string ?? "" } + (needsReason ? [] : ["(no reason)"])
      let question = "\(Self.question[verb] ?? verb) \(name(of: card)): why?"
      guard let index = try await choose(question, names) else { return }
      if list.indices.contains(index) {
        parameters["reason"] = list[index]["id"]
        // A reason may demand a comment or spare it, whatever the company's rule is.
        if let rule = list[index]["comment"]?.string { needsComment = rule == "required" }
      }
    }
    let comment = try await ask(needsComment ? "Comment (one is wanted here)" : "Comment")
    guard let comment else { return }
    if needsComment, comment.isEmpty { return status = "Not closed: a comment is wanted here." }
    if !comment.isEmpty { parameters["comment"] = .string(comment) }
    let kind = kind(of: card)
    guard try await fillingIn(parameters, card, "\(kind).\(verb)") != nil else { return }
    try await reload()
    status = "Closed. o in the card (found with /) opens it again."
  }

  private static let question = ["win": "Won", "lose": "Lost", "invalidate": "Invalid"]

  func reopen(_ card: JSON) async throws {
    let reopened = try await change(
      "\(kind(of: card)).reopen", ["id": card["id"] ?? .null])
    try await reload()
    status = TerminalText.line("Open again in \(stageName(of: reopened)).")
  }

  // MARK: - What is missing

  /// Does a step and, where something has to be filled in for it, asks for that and does it again; nil where
  /// that was given up.
  private func fillingIn(
    _ parameters: JSONObject, _ card: JSON, _ method: String
  ) async throws -> JSON? {
    do {
      return try await change(method, parameters)
    } catch ConsoleFailure.server(let error) {
      let missing = (error["missing"]?.array ?? []).compactMap(\.string)
      guard error.kind == ErrorKind.stageRule.rawValue, !missing.isEmpty else {
        throw ConsoleFailure.server(error)
      }
      let known = try await fields(of: card)
      var (filled, client) = (parameters["fields"]?.object ?? JSONObject(), JSONObject())
      var sum: JSON?
      for requirement in missing {
        guard let demand = Demand(requirement, fields: known) else {
          throw ConsoleFailure.server(error)
        }
        guard let text = try await ask("Wanted here: \(demand.name)"), !text.isEmpty else {
          return nil
        }
        switch demand {
        case .field(let field):
          filled[field["key"]?.string ?? ""] = Self.value(text, of: field)
        case .amount: sum = amount(text)
        case .client(let member, _): client[text.contains("@") ? "email" : member] = .string(text)
        }
      }
      try await complete(card, amount: sum, client: client)
      var again = parameters
      if !filled.isEmpty { again["fields"] = .object(filled) }
      // Rules besides what was missing are told by the answer to this one.
      return try await change(method, again)
    }
  }

  /// What a stage demands, as it can be asked for.
  private enum Demand {
    case field(JSON)
    case amount
    /// A member of the contact, and how it is called.
    case client(String, String)

    init?(_ requirement: String, fields: [JSON]) {
      let keys = requirement.split(separator: "|").map(String.init)
      if let field = fields.first(where: { keys.contains($0["key"]?.string ?? "") }) {
        self = .field(field)
      } else if keys.contains("amount") {
        self = .amount
      } else if keys.contains("name") {
        self = .client("name", "the client's name")
      } else if keys.contains("phone") {
        let name = keys.contains("email") ? "the client's phone or e-mail" : "the client's phone"
        self = .client("phone", name)
      } else if keys.contains("email") {
        self = .client("email", "the client's e-mail")
      } else {
        return nil
      }
    }

    var name: String {
      switch self {
      case .field(let field): Workplace.name(field)
      case .amount: "the amount"
      case .client(_, let name): name
      }
    }
  }

  private func complete(_ card: JSON, amount: JSON?, client: JSONObject) async throws {
    if let amount {
      _ = try await change(
        "\(kind(of: card)).update", ["id": card["id"] ?? .null, "amount": amount])
    }
    if !client.isEmpty { try await setClient(of: card, client) }
  }

  /// The client of a card, from one line.
  func setClient(of card: JSON, _ text: String) async throws {
    try await setClient(of: card, Self.contact(text).object ?? JSONObject())
    try await reload()
    status = "Changed."
  }

  /// What is known of the card's client; one is made where it has none.
  private func setClient(of card: JSON, _ members: JSONObject) async throws {
    let whole = try await call("\(kind(of: card)).get", ["id": card["id"] ?? .null])
    var members = members
    if let contact = whole["contact"], !contact.isNull {
      members["id"] = contact
      _ = try await change("contact.update", members)
      return
    }
    if members["name"] == nil { members["name"] = members["phone"] ?? members["email"] }
    let contact = try await change("contact.create", members)
    _ = try await change(
      "\(kind(of: card)).update", ["id": card["id"] ?? .null, "contact": contact["id"] ?? .null])
  }
}
