internal import JSON
internal import JSONRPC

/// What the keys do.
extension Workplace {
  func act(on key: Key) async throws {
    switch key {
    case .left, .character("h"): board.move(columns: -1)
    case .right, .character("l"): board.move(columns: 1)
    case .up, .character("k"): board.move(rows: -1)
    case .down, .character("j"): board.move(rows: 1)
    case .pageUp: board.move(rows: -10)
    case .pageDown: board.move(rows: 10)
    case .home: board.move(rows: -1000)
    case .end: board.move(rows: 1000)
    case .character("?"): await show(WorkHelp.lines)
    case .character("r"): try await reload()
    case .character("a"): try await add()
    case .character("/"): try await find()
    default: try await actOnCard(key)
    }
  }

  private func actOnCard(_ key: Key) async throws {
    guard let card = board.card else { return status = "There is no card here." }
    switch key {
    case .enter: try await open(card)
    case .character("m"): try await moveAnywhere(card)
    case .character(">"):
      guard let next = board.next else {
        return status = "This is the last stage: w wins, x loses."
      }
      try await move(card, to: next.stage, name: next.name)
    case .character("n"): try await note(card)
    case .character("p"): try await plan(card)
    case .character("d"): try await complete(card)
    case .character("c"): try await missedCall(card)
    case .character("b"): try await callBack(card)
    case .character("w"): try await close(card, kind == "lead" ? nil : "win", reasons: "win")
    case .character("x"): try await close(card, "lose", reasons: "loss")
    case .character("i"): try await close(card, "invalidate", reasons: "invalid")
    case .character("e"): try await edit(card)
    default: break
    }
  }

  // MARK: - Looking

  private func open(_ card: JSON) async throws {
    let id = card["id"] ?? .null
    let whole = try await session.call("\(kind).get", ["id": id])
    let page = Page(width: command.keys.size().columns, style: context.style)
    var lines = CardAnswer.make(whole, names: try await CardNames.load(directory)).text(page)
    let planned = try await session.items("activity.list", ["card": id, "state": "planned"])
    if !planned.isEmpty { lines += ["", "Planned:"] + planned.map(Self.activity) }
    let notes = try await session.items("note.list", ["card": id])
    if !notes.isEmpty { lines += ["", "Notes:"] }
    for note in notes {
      let text = TerminalText.block(note["text"]?.string ?? "")
      lines.append("  " + CellText.plain(note["created_at"]))
      lines += WrappedText.lines(text, width: page.width ?? 80, indent: 4)
    }
    await show(lines)
  }

  static func activity(_ activity: JSON) -> String {
    let parts = [
      CellText.plain(activity["due_at"]), CellText.plain(activity["type"]),
      CellText.plain(activity["subject"]), activity["overdue"] == true ? "overdue" : "",
    ]
    return TerminalText.line("  " + parts.filter { !$0.isEmpty }.joined(separator: "  "))
  }

  private func find() async throws {
    guard let words = await ask("Find"), !words.isEmpty else { return }
    let found =
      try await session.call(
        "card.search",
        [
          "query": .string(words), "pipeline": pipeline["id"] ?? .null, "outcome": "open",
          "limit": 50,
        ])["items"]?.array ?? []
    guard !found.isEmpty else {
      return status = TerminalText.line("Nothing found for \"\(words)\".")
    }
    let names = found.map { item in
      let card = item["card"] ?? item
      return "\(CellText.exact(card["id"])) \(card["title"]?.string ?? "")"
    }
    guard let index = await choose("Found", names),
      let id = (found[index]["card"] ?? found[index])["id"]?.int64
    else { return }
    board.choose(id)
    if board.card?["id"]?.int64 != id {
      status = "Card \(id) is behind those that the board shows: voronka \(kind) show \(id)."
    }
  }

  // MARK: - Changing

  private func add() async throws {
    guard let title = await ask("Title of the new \(kind)"), !title.isEmpty else { return }
    guard let phone = await ask("The client's name and phone (empty: none)") else { return }
    var parameters: JSONObject = ["title": .string(title)]
    if kind == "deal" { parameters["pipeline"] = pipeline["id"] ?? .null }
    if !phone.isEmpty { parameters["contact"] = Self.contact(phone) }
    let card = try await session.call("\(kind).create", .object(parameters))
    try await reload()
    if let id = card["id"]?.int64 {
      board.choose(id)
      status = "Made \(kind) \(id)."
    }
  }

  /// `Petr 8 916 123-45-67`: the words before the first digit or plus are the name.
  static func contact(_ text: String) -> JSON {
    let start = text.firstIndex { $0.isASCIIDigit || $0 == "+" || $0 == "(" }
    let name = text[..<(start ?? text.endIndex)].trimmingSpaces()
    let phone = start.map { text[$0...].trimmingSpaces() }
    var contact = JSONObject()
    contact["name"] = .string(name.isEmpty ? phone ?? text : name)
    contact["phone"] = phone.map { .string($0) }
    return .object(contact)
  }

  private func edit(_ card: JSON) async throws {
    guard let index = await choose("Change", ["Title", "Amount"]) else { return }
    let old = index == 0 ? card["title"]?.string ?? "" : CellText.exact(card["amount"]?["amount"])
    guard let text = await ask("\(index == 0 ? "Title" : "Amount") (now \(old))"), !text.isEmpty
    else { return }
    var parameters: JSONObject = ["id": card["id"] ?? .null]
    if index == 0 {
      parameters["title"] = .string(text)
    } else {
      let settings = try await session.call("settings.get")
      parameters["amount"] = [
        "amount": .string(text.replacing(",", with: ".").replacing(" ", with: "")),
        "currency": settings["currency"] ?? .null,
      ]
    }
    _ = try await session.call("\(kind).update", .object(parameters))
    try await reload()
  }

  private func note(_ card: JSON) async throws {
    guard let text = await ask("Note"), !text.isEmpty else { return }
    _ = try await session.call("note.add", ["card": card["id"] ?? .null, "text": .string(text)])
    status = "Noted."
  }

  private func moveAnywhere(_ card: JSON) async throws {
    let others = board.columns.filter { .integer($0.stage) != card["stage"] }
    guard let index = await choose("Move to", others.map(\.name)) else { return }
    try await move(card, to: others[index].stage, name: others[index].name)
  }

  private func move(_ card: JSON, to stage: Int64, name: String) async throws {
    let parameters: JSONObject = ["id": card["id"] ?? .null, "stage": .integer(stage)]
    let moved = try await fillingIn(parameters, "\(kind).move")
    guard let moved else { return }
    try await reload()
    status = ([TerminalText.line("Moved to \(name).")] + WarningLines.of(moved)).joined(
      separator: " ")
  }

  private func close(_ card: JSON, _ verb: String?, reasons: String) async throws {
    guard let verb else { return status = "A lead is not won: m moves it to a transfer stage." }
    let list = try await session.items("reason.list", ["kind": .string(reasons)])
    guard let index = await choose("Why?", list.map { $0["name"]?.string ?? "" }) else { return }
    let isDemanded = try await demandsComment(list[index], of: reasons)
    guard let comment = await ask(isDemanded ? "Comment (this reason takes one)" : "Comment") else {
      return
    }
    if isDemanded, comment.isEmpty {
      return status = "This reason takes a comment: nothing was done."
    }
    var parameters: JSONObject = ["id": card["id"] ?? .null]
    parameters["reason"] = list[index]["id"]
    if !comment.isEmpty { parameters["comment"] = .string(comment) }
    guard try await fillingIn(parameters, "\(kind).\(verb)") != nil else { return }
    try await reload()
    status = "Closed."
  }

  /// Whether whoever chooses the reason has to write a comment: by its own rule, else by the company's.
  private func demandsComment(_ reason: JSON, of list: String) async throws -> Bool {
    switch reason["comment"]?.string {
    case "required": true
    case "optional": false
    default: try await session.call("settings.get")["require_\(list)_comment"]?.bool ?? false
    }
  }

  /// Does a step and, where fields are missing for it, asks for them and does it again; nil where that was
  /// given up.
  private func fillingIn(_ parameters: JSONObject, _ method: String) async throws -> JSON? {
    do {
      return try await session.call(method, .object(parameters))
    } catch ConsoleFailure.server(let error) {
      let missing = (error["missing"]?.array ?? []).compactMap(\.string)
      let known = try await session.items("field.list", ["for": .string(kind)])
      let asked = known.filter { missing.contains($0["key"]?.string ?? "") }
      guard error.kind == "stage_rule", !asked.isEmpty, asked.count == missing.count else {
        throw ConsoleFailure.server(error)
      }
      var fields = parameters["fields"]?.object ?? JSONObject()
      for field in asked {
        guard let text = await ask(field["name"]?.string ?? ""), !text.isEmpty else { return nil }
        fields[field["key"]?.string ?? ""] = Self.value(text, of: field)
      }
      var filled = parameters
      filled["fields"] = .object(fields)
      return try await session.call(method, .object(filled))
    }
  }

  /// A typed value as the field's type wants it on the wire.
  static func value(_ text: String, of field: JSON) -> JSON {
    switch field["type"]?.string {
    case "number", "boolean", "user", "money": (try? JSONReader().read(text)) ?? .string(text)
    case "multi_choice":
      .array(text.split(separator: ",").map { .string($0.trimmingSpaces()) })
    default: .string(text)
    }
  }
}
