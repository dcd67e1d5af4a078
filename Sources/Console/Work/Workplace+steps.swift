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
    let reopened = try await fillingIn(
      ["id": card["id"] ?? .null], card, "\(kind(of: card)).reopen")
    guard let reopened else { return }
    try await reload()
    status = TerminalText.line("Open again in \(stageName(of: reopened)).")
  }
}
