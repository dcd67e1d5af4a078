internal import Foundation
internal import JSON

/// What must happen next with a card, and what was paid for it.
extension Workplace {
  private static let types = ["call", "meeting", "email", "message", "task"]

  func plan(_ card: JSON) async throws {
    let own = try await items("activity_type.list", [:])
    let names = Self.types + own.map { $0["name"]?.string ?? "" }
    guard let index = try await choose("Plan for \(name(of: card))", names),
      let moment = try await askMoment("When"), let subject = try await ask("What about")
    else { return }
    var parameters: JSONObject = [
      "card": card["id"] ?? .null, "due_at": .string(moment),
    ]
    if index < Self.types.count {
      parameters["type"] = .string(Self.types[index])
    } else {
      parameters["own_type"] = own[index - Self.types.count]["id"]
    }
    if !subject.isEmpty { parameters["subject"] = .string(subject) }
    _ = try await change("activity.plan", parameters)
    try await reload()
    status = "Planned."
  }

  /// The one chosen in one's day; else the nearest of what is planned.
  func complete(_ card: JSON) async throws {
    if view == .day, let row = day.row, row.card["id"] == card["id"], let activity = row.activity {
      return try await row.part == .incoming ? answer(activity, card) : finish(activity)
    }
    let planned = try await items(
      "activity.list", ["card": card["id"] ?? .null, "state": "planned"])
    guard !planned.isEmpty else { return status = "Nothing is planned: p plans." }
    let ordered = planned.sorted {
      ($0["due_at"]?.string ?? "") < ($1["due_at"]?.string ?? "")
    }
    guard
      let index = ordered.count == 1
        ? 0 : try await choose("What is done?", ordered.map { CardPage.activity($0, moments) })
    else { return }
    try await finish(ordered[index])
  }

  private func finish(_ activity: JSON) async throws {
    guard let outcome = try await ask("\(CardPage.activity(activity, moments)): what came of it")
    else { return }
    var parameters: JSONObject = ["id": activity["id"] ?? .null]
    if !outcome.isEmpty { parameters["outcome"] = .string(outcome) }
    guard let contact = try await chooseStatus() else { return }
    if contact != .null { parameters["last_contact"] = contact }
    _ = try await change("activity.complete", parameters)
    try await reload()
    status = "Done. p plans what comes next."
  }

  /// How the contact ended, `null` where that is not said; nil where the asking was given up.
  private func chooseStatus() async throws -> JSON? {
    let statuses = try await items("contact_status.list", [:])
    guard !statuses.isEmpty else { return .null }
    let names = ["(not said)"] + statuses.map { $0["name"]?.string ?? "" }
    guard let index = try await choose("How did the contact end?", names) else { return nil }
    return index == 0 ? .null : statuses[index - 1]["id"]
  }

  /// What came in is answered by something of our own that is done.
  private func answer(_ incoming: JSON, _ card: JSON) async throws {
    guard let outcome = try await ask("Answered: what came of it") else { return }
    let planned = try await change(
      "activity.plan",
      [
        "card": card["id"] ?? .null, "type": incoming["type"] ?? "call",
        "due_at": .string(command.now().formatted(.iso8601)),
      ])
    var parameters: JSONObject = ["id": planned["id"] ?? .null]
    if !outcome.isEmpty { parameters["outcome"] = .string(outcome) }
    _ = try await change("activity.complete", parameters)
    try await reload()
    status = "Answered. p plans what comes next."
  }

  func missedCall(_ card: JSON) async throws {
    guard let moment = try await askMoment("\(name(of: card)) not reached. Call again") else {
      return
    }
    _ = try await change(
      "activity.missed_call", ["card": card["id"] ?? .null, "retry_at": .string(moment)])
    try await reload()
    status = "The next call is planned."
  }

  func callBack(_ card: JSON) async throws {
    guard let moment = try await askMoment("Call \(name(of: card)) back") else { return }
    _ = try await change(
      "activity.call_back", ["card": card["id"] ?? .null, "at": .string(moment)])
    try await reload()
    status = "The call is planned."
  }

  // MARK: - Invoices

  func invoices(_ card: JSON) async throws {
    guard kind(of: card) == "deal" else { return status = "A lead has no invoices." }
    let id = card["id"] ?? .null
    let invoices = try await items("invoice.list", ["deal": id])
    let open = invoices.filter { $0["state"] == "open" }
    let names = ["A new invoice"] + open.map { "Paid: " + CardPage.invoice($0) }
    guard let index = try await choose("Invoices of \(name(of: card))", names) else { return }
    guard index == 0 else {
      _ = try await change("invoice.pay", ["id": open[index - 1]["id"] ?? .null])
      try await reload()
      return status = "Paid."
    }
    guard let sum = try await ask("Amount (empty: what is not invoiced yet)"),
      let text = try await ask("To be paid by (26.11, tomorrow, +5d)"), !text.isEmpty
    else { return }
    guard let day = WhenText.day(text, now: command.now(), calendar: calendar) else {
      return status = TerminalText.line("\"\(text)\" is no day: write 26.11, tomorrow, +5d.")
    }
    var parameters: JSONObject = ["deal": id, "due_at": .string(day)]
    if !sum.isEmpty { parameters["amount"] = amount(sum) }
    let invoice = try await change("invoice.create", parameters)
    try await reload()
    status = TerminalText.line("Made invoice \(CellText.exact(invoice["number"])).")
  }
}
