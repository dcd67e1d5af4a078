internal import JSON

/// Who a card is for.
extension Workplace {
  /// A contact's id by name, phone or address: one that is known, or one that is made; nil where it was given up.
  func askContact(_ question: String) async throws -> JSON? {
    guard let text = try await ask("\(question): name, phone or e-mail"), !text.isEmpty else {
      return nil
    }
    return try await contact(Self.contact(text).object ?? JSONObject())
  }

  /// A company's id by its name: one that is known, or one that is made; nil where it was given up.
  func askCompany(_ question: String) async throws -> JSON? {
    guard let text = try await ask("\(question): the company's name"), !text.isEmpty else {
      return nil
    }
    return try await knownOrNew("company", ["name": .string(text)], made: ["name": .string(text)])
  }

  /// `Petr 8 916 123-45-67`, `petr@client.example`: the words before the first digit or plus are the name.
  static func contact(_ text: String) -> JSON {
    let words = text.split(separator: " ")
    var contact = JSONObject()
    var rest = text
    if let address = words.first(where: { $0.contains("@") }) {
      contact["email"] = .string(String(address))
      rest = words.filter { $0 != address }.joined(separator: " ")
    }
    let start = rest.firstIndex { $0.isASCIIDigit || $0 == "+" || $0 == "(" }
    let name = rest[..<(start ?? rest.endIndex)].trimmingSpaces()
    contact["phone"] = start.map { .string(rest[$0...].trimmingSpaces()) }
    let known = contact["phone"] ?? contact["email"] ?? .string(text)
    contact["name"] = name.isEmpty ? known : .string(name)
    return .object(contact)
  }

  /// What is known of the card's client changes; who has none gets one that is known or made. False where that
  /// was given up.
  func setClient(of card: inout JSON, _ members: JSONObject) async throws -> Bool {
    let whole = try await call("\(kind(of: card)).get", ["id": card["id"] ?? .null])
    if let id = whole["contact"], !id.isNull {
      var members = members
      members["id"] = id
      _ = try await change("contact.update", members)
      return true
    }
    guard let contact = try await contact(members) else { return false }
    _ = try await change(
      "\(kind(of: card)).update", ["id": card["id"] ?? .null, "contact": contact], of: &card)
    return true
  }

  private func contact(_ members: JSONObject) async throws -> JSON? {
    var (filter, made) = (JSONObject(), members)
    if made["name"] == nil { made["name"] = made["phone"] ?? made["email"] }
    for name in ["phone", "email", "name"] where filter.isEmpty { filter[name] = made[name] }
    return try await knownOrNew("contact", filter, made: made)
  }

  private func knownOrNew(
    _ kind: String, _ filter: JSONObject, made: JSONObject
  ) async throws -> JSON? {
    var filter = filter
    filter["limit"] = 20
    let params = JSON.object(filter)
    let page = try await online { try await $0.ifAllowed("\(kind).list", params) }
    let known = page["items"]?.array ?? []
    if !known.isEmpty {
      let names = known.map { item in
        let facts = [item["name"], item["phone"], item["email"]].map(CellText.exact)
        return facts.filter { !$0.isEmpty }.joined(separator: "  ")
      }
      let new = "A new one: \(CellText.exact(made["name"]))"
      guard let index = try await choose("Known already", names + [new]) else { return nil }
      if known.indices.contains(index) { return known[index]["id"] }
    }
    return try await change("\(kind).create", made)["id"]
  }
}
