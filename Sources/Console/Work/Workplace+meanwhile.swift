internal import JSON
internal import JSONRPC

/// Cards that colleagues work on at the same time: what is done is done to the card that is on the screen.
extension Workplace {
  /// Does something to a card as it was shown; with each change of its own the card has another version.
  ///
  /// Where somebody was faster nothing more is done: what is looked at is asked for anew, the status tells who did
  /// what, and the same key does it to the card as it is now. Nil then.
  func unlessChanged<Value>(
    _ card: JSON, _ work: (_ card: inout JSON) async throws -> Value?
  ) async throws -> Value? {
    var card = card
    do {
      guard card["version"] == nil else { return try await work(&card) }
      // A day's cards tell no version: they count as unchanged where all that was shown of them is.
      let present = try await call("\(kind(of: card)).get", ["id": card["id"] ?? .null])
      guard Self.isAsShown(card, present) else {
        try await yield(to: "Meanwhile it was changed: it is \(standing(of: present)) now.")
        return nil
      }
      card = present
      return try await work(&card)
    } catch ConsoleFailure.server(let error)
      where error.kind == ErrorKind.conflict.rawValue && error["version"] != nil
    {
      try await yield(to: try await meanwhile(since: card))
      return nil
    }
  }

  /// A change of a card as it was shown, which takes the card to its next version.
  func change(_ method: String, _ params: JSONObject, of card: inout JSON) async throws -> JSON {
    var params = params
    params["if_version"] = card["version"]
    let changed = try await change(method, params)
    if var members = card.object, changed["id"] == card["id"], let version = changed["version"] {
      members["version"] = version
      card = .object(members)
    }
    return changed
  }

  private func yield(to others: String) async throws {
    // Keys that were pressed in the belief that this was done mean something else now.
    typedAhead = []
    try await reload()
    status = TerminalText.line("\(others) Nothing was done: press again if you still want to.")
  }

  private static func isAsShown(_ card: JSON, _ present: JSON) -> Bool {
    present["outcome"] == "open"
      && ["title", "pipeline", "stage", "responsible"].allSatisfy { card[$0] == present[$0] }
  }

  /// Where a card is, or how it ended, and whose it is.
  private func standing(of card: JSON) -> String {
    let isOpen = card["outcome"] == "open"
    let place = isOpen ? "in \(stageName(of: card))" : CellText.exact(card["outcome"])
    let person = PersonText.name(card["responsible"], people: people)
    return person.isEmpty ? place : "\(place), \(person)'s,"
  }

  /// Who did what to a card since it was as it was shown.
  func meanwhile(since card: JSON) async throws -> String {
    let version = card["version"]?.int64 ?? 0
    let history = try await items("\(kind(of: card)).history", ["id": card["id"] ?? .null])
    var acts: [String] = []
    for entry in history where (entry["version"]?.int64 ?? 0) > version {
      let person = PersonText.name(entry["user"], people: people)
      let act = "\(person.isEmpty ? "the company's rules" : person) \(act(entry))"
      if !acts.contains(act) { acts.append(act) }
    }
    return acts.isEmpty ? "Meanwhile it was changed." : "Meanwhile \(acts.joined(separator: ", "))."
  }

  private func act(_ entry: JSON) -> String {
    let details = entry["details"]
    let change = CellText.exact(entry["change"])
    switch change {
    case "moved":
      let stages = Directory.namesByID(pipelines.flatMap { $0["stages"]?.array ?? [] })
      let places = [details?["from"], details?["to"]].map { DealColumns.name($0, in: stages) }
      return "moved it \(places.filter { !$0.isEmpty }.joined(separator: " → "))"
    case "updated":
      let members = CardPage.changed(by: entry)
      return members.isEmpty ? "changed it" : "changed \(members)"
    case "assigned":
      let person = PersonText.name(details?["to_user"], people: people)
      return person.isEmpty ? "took it from everybody" : "gave it to \(person)"
    case "won", "lost": return "closed it as \(change)"
    case "invalidated": return "closed it as invalid"
    case "reopened": return "opened it again"
    case "invoiced": return "made an invoice"
    case "paid": return "noted a payment"
    default: return "\(change) it"
    }
  }
}
