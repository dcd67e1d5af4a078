internal import JSON
internal import JSONRPC

/// What the keys do.
extension Workplace {
  func act(on key: Key) async throws {
    switch key {
    case .left, .character("h"): if view == .board { board.move(columns: -1) }
    case .right, .character("l"): if view == .board { board.move(columns: 1) }
    case .up, .character("k"): try await move(rows: -1)
    case .down, .character("j"): try await move(rows: 1)
    case .pageUp: try await move(rows: -10)
    case .pageDown: try await move(rows: 10)
    case .home: try await move(rows: -1000)
    case .end: try await move(rows: 1000)
    case .tab, .character("t"):
      view = view == .board ? .day : .board
      try await reload()
    case .character("?"): try await show { WorkHelp.lines($0) }
    case .character("r"):
      try await learn()
      try await reload()
    case .character("a"): try await add()
    case .character("/"): try await find()
    case .character("g"): try await choosePipeline()
    case .character("u"): try await toggleMine()
    default:
      guard let card else { return status = "There is no card here." }
      if key == .enter { return try await open(card) }
      _ = try await act(on: key, card)
    }
  }

  private func move(rows step: Int) async throws {
    guard view == .board else { return day.move(rows: step) }
    board.move(rows: step)
    guard board.endsHere, cardsPerStage < Self.mostCards else { return }
    cardsPerStage = Self.mostCards
    try await reload()
  }

  /// Does what a key means for a card; false where it means nothing.
  func act(on key: Key, _ card: JSON) async throws -> Bool {
    switch key {
    case .character("m"): try await moveAnywhere(card)
    case .character(">"): try await moveOn(card)
    case .character("n"): try await note(card)
    case .character("p"): try await plan(card)
    case .character("d"): try await complete(card)
    case .character("c"): try await missedCall(card)
    case .character("b"): try await callBack(card)
    case .character("w"): try await win(card)
    case .character("x"): try await lose(card)
    case .character("i"): try await close(card, "invalidate", reasons: "invalid")
    case .character("o"): try await reopen(card)
    case .character("z"): try await pause(card)
    case .character("y"): try await invoices(card)
    case .character("e"): try await edit(card)
    case .character("s"): try await assign(card)
    case .character("f"): try await others(card)
    default: return false
    }
    return true
  }

  /// Whether a card is a lead or a deal, which its methods are called by.
  func kind(of card: JSON) -> String { card["kind"]?.string ?? kind }

  /// A card in a question: its number and title.
  func name(of card: JSON) -> String {
    "\(CellText.exact(card["id"])) \(card["title"]?.string ?? "")"
  }

  // MARK: - What is looked at

  private func choosePipeline() async throws {
    let names = pipelines.map { $0["name"]?.string ?? "" }
    guard let index = try await choose("Which pipeline?", names) else { return }
    pipeline = pipelines[index]
    (view, board, cardsPerStage) = (.board, WorkBoard(), Self.fewCards)
    try await reload()
    board.chooseAny()
  }

  private func toggleMine() async throws {
    guard user != nil else { return status = "A token has no cards of its own." }
    (view, isMine) = (.board, !isMine)
    try await reload()
    board.chooseAny()
    status = isMine ? "Only yours." : "Everybody's, as far as you may see them."
  }

  private func find() async throws {
    guard let words = try await ask("Find"), !words.isEmpty else { return }
    let found =
      try await call("card.search", ["query": .string(words), "limit": 50])["items"]?.array ?? []
    guard !found.isEmpty else {
      return status = TerminalText.line("Nothing found for \"\(words)\".")
    }
    guard let card = try await choose(cards: found.map { $0["card"] ?? $0 }, "Found") else {
      return
    }
    if view == .board, let id = card["id"]?.int64 { board.choose(id) }
    if self.card?["id"] != card["id"] || view == .day { try await open(card) }
  }

  /// The client's other leads and deals.
  private func others(_ card: JSON) async throws {
    let whole = try await call("\(kind(of: card)).get", ["id": card["id"] ?? .null])
    guard let contact = whole["contact"], !contact.isNull else {
      return status = "The card has no client: e gives it one."
    }
    let found = try await online { session in
      var found: [JSON] = []
      for method in ["deal.list", "lead.list"] {
        let page = try await session.ifAllowed(method, ["contact": contact, "limit": 100])
        found += page["items"]?.array ?? []
      }
      return found
    }
    let others = found.filter { $0["id"] != card["id"] }
    guard !others.isEmpty else { return status = "The client has no other cards." }
    guard let other = try await choose(cards: others, "The client's other cards") else { return }
    try await open(other)
  }

  private func choose(cards: [JSON], _ question: String) async throws -> JSON? {
    let names = cards.map { card in
      let pipeline = pipelines.first { $0["id"] == card["pipeline"] }
      let outcome = card["outcome"]?.string ?? "open"
      let facts = [
        pipeline?["name"]?.string ?? "", stageName(of: card), outcome == "open" ? "" : outcome,
        CellText.money(card["amount"]) ?? "",
      ]
      return name(of: card) + "  " + facts.filter { !$0.isEmpty }.joined(separator: " · ")
    }
    return try await choose(question, names).map { cards[$0] }
  }

  func stageName(of card: JSON) -> String {
    let stages = pipelines.flatMap { $0["stages"]?.array ?? [] }
    return stages.first { $0["id"] == card["stage"] }?["name"]?.string ?? ""
  }

  // MARK: - Changing

  private func add() async throws {
    guard let title = try await ask("Title of the new \(kind)"), !title.isEmpty,
      let phone = try await ask("The client's name and phone (empty: none)")
    else { return }
    var parameters: JSONObject = ["title": .string(title)]
    if kind == "deal" { parameters["pipeline"] = pipeline["id"] ?? .null }
    if !phone.isEmpty { parameters["contact"] = Self.contact(phone) }
    let card = try await change("\(kind).create", parameters)
    view = .board
    try await reload()
    if let id = card["id"]?.int64 {
      board.choose(id)
      let again = card["repeat"] == true ? " The client is known: f shows their other cards." : ""
      status = "Made \(kind) \(id).\(again)"
    }
  }

  private func note(_ card: JSON) async throws {
    guard let text = try await ask("Note on \(name(of: card))"), !text.isEmpty else { return }
    _ = try await change("note.add", ["card": card["id"] ?? .null, "text": .string(text)])
    status = "Noted."
  }

  private func assign(_ card: JSON) async throws {
    let known = people.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    guard let index = try await choose("Who is responsible?", known.map(\.value)) else { return }
    let parameters: JSONObject = [
      "id": card["id"] ?? .null, "responsible": .integer(known[index].key),
    ]
    let assigned = try await unlessChanged(card) { card in
      try await change("\(kind(of: card)).assign", parameters, of: &card)
    }
    guard assigned != nil else { return }
    try await reload()
    status = TerminalText.line("Now \(known[index].value)'s.")
  }

  /// The fields that a card may hold.
  func fields(of card: JSON) async throws -> [JSON] {
    try await items("field.list", ["for": .string(kind(of: card))]).filter { field in
      guard let pipelines = field["pipelines"]?.array else { return true }
      return pipelines.contains(card["pipeline"] ?? .null)
    }
  }

  func amount(_ text: String) -> JSON {
    [
      "amount": .string(text.replacing(",", with: ".").replacing(" ", with: "")),
      "currency": settings["currency"] ?? .null,
    ]
  }
}
