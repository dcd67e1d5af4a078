internal import JSON
internal import JSONRPC

/// What a step demands of a card, asked for until the step is done.
extension Workplace {
  /// What was answered so far, and where it goes.
  private struct Answers {
    /// What the step itself takes.
    var step: JSONObject
    /// The card's own values besides.
    var card = JSONObject()
    var client = JSONObject()
    var responsible: JSON?
  }

  /// Does a step to a card as it was shown and, where something has to be filled in for it, asks for that and does
  /// it again; nil where that was given up, or somebody else was faster.
  func fillingIn(
    _ parameters: JSONObject, _ card: JSON, _ method: String
  ) async throws -> JSON? {
    try await unlessChanged(card) { try await fillingIn(parameters, &$0, method) }
  }

  private func fillingIn(
    _ parameters: JSONObject, _ card: inout JSON, _ method: String
  ) async throws -> JSON? {
    var answers = Answers(step: parameters)
    var asked: Set<String> = []
    while true {
      do {
        return try await change(method, answers.step, of: &card)
      } catch ConsoleFailure.server(let error) {
        guard error.kind == ErrorKind.stageRule.rawValue,
          let demands = try await Demands(error, of: card, by: method, self),
          demands.all.contains(where: { !asked.contains($0.first ?? "") })
        else { throw ConsoleFailure.server(error) }
        for keys in demands.all {
          asked.insert(keys.first ?? "")
          guard let demand = try await choose(keys, demands) else { return nil }
          guard try await answer(demand, &answers) else { return nil }
        }
        guard try await complete(&card, &answers) else { return nil }
        // Rules besides what was missing are told by the answer to this one.
      }
    }
  }

  private struct Demands {
    /// The keys of which one is wanted, for each thing that is.
    var all: [[String]]
    let fields: [JSON]
    /// The fields of the deal that a lead becomes by the step.
    var dealFields: [JSON] = []
    let isConversion: Bool

    /// Nil where what is demanded can't be asked for.
    init?(_ error: RPCError, of card: JSON, by method: String, _ place: Workplace) async throws {
      all = (error["missing"]?.array ?? []).compactMap(\.string).map {
        $0.split(separator: "|").map(String.init)
      }
      if error["last_contact_required"] != nil { all.append(["last_contact_required"]) }
      if error["comment_required"] != nil { all.append(["comment_required"]) }
      // What converting fills in are the deal's fields; the lead's own ones are changed before.
      isConversion = method == "lead.convert"
      fields = try await place.fields(of: card)
      if isConversion || method == "lead.move" {
        dealFields = try await place.items("field.list", ["for": "deal"])
      }
      guard !all.isEmpty, all.allSatisfy({ $0.contains { demand($0) != nil } }) else { return nil }
    }

    func demand(_ key: String) -> Demand? {
      let dealField = dealFields.first { $0["key"]?.string == key }
      if isConversion, let dealField { return .field(dealField) }
      if let field = fields.first(where: { $0["key"]?.string == key }) {
        return isConversion ? .ownField(field) : .field(field)
      }
      if let own = Demand.own[key] { return own }
      return dealField.map { .dealField($0) }
    }
  }

  /// One thing that is demanded.
  private enum Demand {
    case field(JSON), dealField(JSON)
    /// A field of a lead that becomes a deal.
    case ownField(JSON)
    case amount, title, source, contact, company, responsible, lastContact, contactOutcome, comment
    /// A member of the contact, and how it is called.
    case client(String, String)

    static let own: [String: Demand] = [
      "amount": .amount, "title": .title, "source": .source, "contact": .contact,
      "company": .company, "responsible": .responsible, "last_contact": .lastContact,
      "name": .client("name", "the client's name"),
      "phone": .client("phone", "the client's phone"),
      "email": .client("email", "the client's e-mail"),
      "last_contact_required": .contactOutcome, "comment_required": .comment,
    ]

    var name: String {
      switch self {
      case .field(let field), .dealField(let field), .ownField(let field):
        field["name"]?.string ?? ""
      case .amount: "the amount"
      case .title: "the title"
      case .source: "where the request came from"
      case .contact: "the client"
      case .company: "the client's company"
      case .responsible: "who is responsible"
      case .lastContact, .contactOutcome: "how the last contact ended"
      case .comment: "a comment"
      case .client(_, let name): name
      }
    }
  }

  /// One of those that would do, where there are several.
  private func choose(_ keys: [String], _ demands: Demands) async throws -> Demand? {
    if Set(keys) == ["phone", "email"] { return .client("phone", "the client's phone or e-mail") }
    let known = keys.compactMap(demands.demand)
    guard known.count > 1 else { return known.first }
    return try await choose("Wanted here, one of", known.map(\.name)).map { known[$0] }
  }

  /// Asks for what is demanded; false where that was given up.
  private func answer(_ demand: Demand, _ answers: inout Answers) async throws -> Bool {
    let question = "Wanted here: \(demand.name)"
    let value: JSON? =
      switch demand {
      case .field(let field), .dealField(let field), .ownField(let field):
        try await askValue(of: field, question, present: nil)
      case .amount: try await askAmount(question, present: nil)
      case .title, .source, .comment, .client: try await askText(question, present: nil)
      case .contact: try await askContact(question)
      case .company: try await askCompany(question)
      case .responsible: try await askPerson(question)
      case .lastContact, .contactOutcome: try await askLastContact(question)
      }
    guard let value, !value.isNull else { return false }
    switch demand {
    case .field(let field): Self.put(value, of: field, into: &answers.step)
    case .ownField(let field): Self.put(value, of: field, into: &answers.card)
    case .dealField(let field):
      var deal = answers.step["deal"]?.object ?? JSONObject()
      Self.put(value, of: field, into: &deal)
      answers.step["deal"] = .object(deal)
    case .amount: answers.card["amount"] = value
    case .title: answers.card["title"] = value
    case .source: answers.card["source"] = value
    case .contact: answers.card["contact"] = value
    case .company: answers.card["company"] = value
    case .responsible: answers.responsible = value
    case .lastContact: answers.card["last_contact"] = value
    case .contactOutcome: answers.step["last_contact"] = value
    case .comment: answers.step["comment"] = value
    case .client(let member, _):
      let isAddress = value.string?.contains("@") == true
      answers.client[isAddress ? "email" : member] = value
    }
    return true
  }

  private static func put(_ value: JSON, of field: JSON, into parameters: inout JSONObject) {
    var fields = parameters["fields"]?.object ?? JSONObject()
    fields[field["key"]?.string ?? ""] = value
    parameters["fields"] = .object(fields)
  }

  /// What the step does not take itself goes to the card first; false where that was given up.
  private func complete(_ card: inout JSON, _ answers: inout Answers) async throws -> Bool {
    let (kind, id) = (kind(of: card), card["id"] ?? .null)
    if !answers.card.isEmpty {
      answers.card["id"] = id
      _ = try await change("\(kind).update", answers.card, of: &card)
    }
    if let responsible = answers.responsible {
      _ = try await change(
        "\(kind).assign", ["id": id, "responsible": responsible], of: &card)
    }
    if !answers.client.isEmpty {
      guard try await setClient(of: &card, answers.client) else { return false }
    }
    (answers.card, answers.client, answers.responsible) = (JSONObject(), JSONObject(), nil)
    return true
  }
}
