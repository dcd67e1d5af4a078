internal import JSON
internal import JSONRPC

/// Other values of a card, whatever they are.
extension Workplace {
  private enum Value {
    case title, amount, contact, company, source, lastContact
    case field(JSON)

    static let own: [Value] = [.title, .amount, .contact, .company, .source, .lastContact]

    var name: String {
      switch self {
      case .title: "Title"
      case .amount: "Amount"
      case .contact: "Client"
      case .company: "Company"
      case .source: "Source"
      case .lastContact: "Last contact"
      case .field(let field): field["name"]?.string ?? ""
      }
    }

    var member: String {
      switch self {
      case .title: "title"
      case .amount: "amount"
      case .contact: "contact"
      case .company: "company"
      case .source: "source"
      case .lastContact: "last_contact"
      case .field(let field): field["key"]?.string ?? ""
      }
    }

    func present(in card: JSON) -> JSON? {
      switch self {
      case .field: card["fields"]?[member]
      case .lastContact: card["last_contact"]?["status"]
      default: card[member]
      }
    }

    func parameters(_ value: JSON) -> JSONObject {
      if case .field = self { return ["fields": .object([member: value])] }
      return [member: value]
    }
  }

  func edit(_ card: JSON) async throws {
    var whole = try await call("\(kind(of: card)).get", ["id": card["id"] ?? .null])
    let values = Value.own + (try await fields(of: whole)).map { .field($0) }
    guard let index = try await choose("Change", values.map(\.name)) else { return }
    let value = values[index]
    if case .contact = value, whole["contact"]?.isNull == false {
      let ways = ["Their name and phone", "Somebody else", "(none)"]
      guard let way = try await choose("Client", ways) else { return }
      if way == 0 { return try await rename(whole) }
      if way == 2 { return try await set(value, to: .null, of: whole) }
    }
    var wanted = value.present(in: whole)
    while true {
      guard let new = try await ask(for: value, present: wanted) else { return }
      if new == value.present(in: whole) || new.isNull && value.present(in: whole) == nil {
        return status = "Nothing changed."
      }
      do {
        return try await set(value, to: new, of: whole)
      } catch ConsoleFailure.server(let error) where error.kind == ErrorKind.conflict.rawValue {
        let fresh = try await call("\(kind(of: whole)).get", ["id": whole["id"] ?? .null])
        guard fresh["version"] != whole["version"] else { throw ConsoleFailure.server(error) }
        let now = CellText.plain(value.present(in: fresh))
        status = TerminalText.line(
          try await meanwhile(since: whole)
            + " \(value.name) is now \"\(now)\". Enter puts yours there, Esc leaves it.")
        (whole, wanted) = (fresh, new)
      }
    }
  }

  private func ask(for value: Value, present: JSON?) async throws -> JSON? {
    switch value {
    case .title, .source: try await askText(value.name, present: present)
    case .amount: try await askAmount(value.name, present: present)
    case .contact: try await askContact(value.name)
    case .company: try await askCompany(value.name)
    case .lastContact: try await askLastContact(value.name, present: present)
    case .field(let field): try await askValue(of: field, value.name, present: present)
    }
  }

  /// Only where the card is still the one that was shown.
  private func set(_ value: Value, to new: JSON, of card: JSON) async throws {
    var parameters = value.parameters(new)
    parameters["id"] = card["id"]
    parameters["if_version"] = card["version"]
    _ = try await change("\(kind(of: card)).update", parameters)
    try await reload()
    status = "Changed."
  }

  private func rename(_ card: JSON) async throws {
    let contact = try await call("contact.get", ["id": card["contact"] ?? .null])
    let known = [contact["name"], contact["phone"]].map(CellText.exact).filter { !$0.isEmpty }
    guard
      let text = try await ask(
        "The client's name and phone", present: known.joined(separator: " ")), !text.isEmpty
    else { return }
    var parameters = Self.contact(text).object ?? JSONObject()
    parameters["id"] = contact["id"]
    parameters["if_version"] = contact["version"]
    _ = try await change("contact.update", parameters)
    try await reload()
    status = "Changed."
  }
}
