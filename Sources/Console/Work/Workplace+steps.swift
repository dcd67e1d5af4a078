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
    let next = open[place + 1]
    // What hands a lead over, for good, is chosen, not slipped into.
    guard next["transfers_to"]?.int64 == nil else { return try await moveAnywhere(card) }
    try await move(card, to: next)
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
    guard kind(of: card) == "deal" else { return try await convert(card) }
    try await close(
      card, "win", reasons: "win", needsReason: settings["require_win_reason"] == true)
  }

  /// A lead becomes a deal of a pipeline in which one may make deals.
  private func convert(_ card: JSON) async throws {
    let targets = try await items("pipeline.list").filter { pipeline in
      pipeline["kind"] == "deal" && pipeline["archived"] != true
        && Directory.allows("create", pipeline)
    }
    guard !targets.isEmpty else {
      return status = "There is no pipeline in which you may make a deal of it."
    }
    let names = targets.map { $0["name"]?.string ?? "" }
    guard let index = try await choose("\(name(of: card)) becomes a deal of", names) else { return }
    let parameters: JSONObject = [
      "id": card["id"] ?? .null, "pipeline": targets[index]["id"] ?? .null,
    ]
    guard let passed = try await fillingIn(parameters, card, "lead.convert") else { return }
    try await reload()
    let words = "It is deal \(CellText.exact(passed["deal"]?["id"])) of \(names[index]) now."
    status = ([TerminalText.line(words)] + WarningLines.of(passed)).joined(separator: " ")
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
    var comment = ""
    repeat {
      let question = needsComment ? "Comment (one is wanted here)" : "Comment"
      guard let text = try await ask(question) else { return }
      comment = text
      status = comment.isEmpty ? "Nothing is closed without a comment here; Esc gives up." : ""
    } while needsComment && comment.isEmpty
    if !comment.isEmpty { parameters["comment"] = .string(comment) }
    let kind = kind(of: card)
    guard try await fillingIn(parameters, card, "\(kind).\(verb)") != nil else { return }
    try await reload()
    status = "Closed. o in the card (found with /) opens it again."
  }

  private static let question = ["win": "Won", "lose": "Lost", "invalidate": "Invalid"]

  /// Its clocks stand still until a day, or go on.
  func pause(_ card: JSON) async throws {
    let whole = try await call("\(kind(of: card)).get", ["id": card["id"] ?? .null])
    if let paused = whole["clocks"]?["paused"], !paused.isNull {
      let until = "\(moments.text(paused["until"])): \(CellText.exact(paused["reason"]))"
      let ways = ["Its clocks go on now", "Until another day"]
      guard let way = try await choose("\(name(of: card)) is paused until \(until)", ways) else {
        return
      }
      if way == 0 {
        let resumed = try await unlessChanged(whole) { card in
          try await change("card.resume", ["id": card["id"] ?? .null], of: &card)
        }
        guard resumed != nil else { return }
        try await reload()
        return status = "Its clocks go on."
      }
    }
    guard let text = try await ask("Pause \(name(of: card)) until (26.11, tomorrow, +2w)"),
      !text.isEmpty
    else { return }
    guard let day = WhenText.day(text, now: command.now(), calendar: calendar) else {
      return status = TerminalText.line("\"\(text)\" is no day: write 26.11, tomorrow, +2w.")
    }
    guard let reason = try await ask("What is waited for"), !reason.isEmpty else {
      return status = "Not paused: say what is waited for."
    }
    let parameters: JSONObject = [
      "id": card["id"] ?? .null, "until": .string(day), "reason": .string(reason),
    ]
    let paused = try await unlessChanged(whole) {
      try await change("card.pause", parameters, of: &$0)
    }
    guard paused != nil else { return }
    try await reload()
    status = "Paused. z lets its clocks go on."
  }

  func reopen(_ card: JSON) async throws {
    let reopened = try await fillingIn(
      ["id": card["id"] ?? .null], card, "\(kind(of: card)).reopen")
    guard let reopened else { return }
    try await reload()
    status = TerminalText.line("Open again in \(stageName(of: reopened)).")
  }
}
