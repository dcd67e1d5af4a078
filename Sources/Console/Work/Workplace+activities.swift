internal import JSON

/// What must happen next with a card.
extension Workplace {
  func plan(_ card: JSON) async throws {
    let types = ["call", "meeting", "email", "message", "task"]
    let own = try await session.items("activity_type.list")
    guard let index = await choose("Plan", types + own.map { $0["name"]?.string ?? "" }),
      let moment = await askMoment("When"), let subject = await ask("What about")
    else { return }
    var parameters: JSONObject = [
      "card": card["id"] ?? .null, "due_at": .string(moment),
    ]
    if index < types.count {
      parameters["type"] = .string(types[index])
    } else {
      parameters["own_type"] = own[index - types.count]["id"]
    }
    if !subject.isEmpty { parameters["subject"] = .string(subject) }
    _ = try await session.call("activity.plan", .object(parameters))
    try await reload()
    status = "Planned."
  }

  /// The nearest of what is planned.
  func complete(_ card: JSON) async throws {
    let planned = try await session.items(
      "activity.list", ["card": card["id"] ?? .null, "state": "planned"])
    guard !planned.isEmpty else { return status = "Nothing is planned: p plans." }
    let ordered = planned.sorted {
      ($0["due_at"]?.string ?? "") < ($1["due_at"]?.string ?? "")
    }
    guard
      let index = ordered.count == 1
        ? 0 : await choose("What is done?", ordered.map(Self.activity)),
      let outcome = await ask("What came of it")
    else { return }
    var parameters: JSONObject = ["id": ordered[index]["id"] ?? .null]
    if !outcome.isEmpty { parameters["outcome"] = .string(outcome) }
    guard let contact = try await chooseStatus() else { return }
    if contact != .null { parameters["last_contact"] = contact }
    _ = try await session.call("activity.complete", .object(parameters))
    try await reload()
    status = "Done. p plans what comes next."
  }

  /// How the contact ended, `null` where that is not said; nil where the asking was given up.
  private func chooseStatus() async throws -> JSON? {
    let statuses = try await session.items("contact_status.list")
    guard !statuses.isEmpty else { return .null }
    let names = ["(not said)"] + statuses.map { $0["name"]?.string ?? "" }
    guard let index = await choose("How did the contact end?", names) else { return nil }
    return index == 0 ? .null : statuses[index - 1]["id"]
  }

  func missedCall(_ card: JSON) async throws {
    guard let moment = await askMoment("Not reached. Call again") else { return }
    _ = try await session.call(
      "activity.missed_call", ["card": card["id"] ?? .null, "retry_at": .string(moment)])
    try await reload()
    status = "The next call is planned."
  }

  func callBack(_ card: JSON) async throws {
    guard let moment = await askMoment("Call back") else { return }
    _ = try await session.call(
      "activity.call_back", ["card": card["id"] ?? .null, "at": .string(moment)])
    try await reload()
    status = "The call is planned."
  }
}
