internal import JSON

/// One card with all that belongs to it, as lines to be read.
struct CardPage {
  /// What is known of the card; what one may not see, or there is not, is null or empty.
  struct Parts: Sendable {
    var card: JSON
    var contact: JSON = .null
    var company: JSON = .null
    var fields: [JSON] = []
    var activities: [JSON] = []
    var invoices: [JSON] = []
    var notes: [JSON] = []
    var history: [JSON] = []
    var reasons: [JSON] = []
  }

  let parts: Parts
  let pipelines: [JSON]
  let people: [Int64: String]
  let moments: SellerMoment
  let style: Style

  private var card: JSON { parts.card }

  /// Everything, broken at a width.
  func lines(_ columns: Int) -> [String] {
    let sections: [(String, [String])] = [
      ("", facts(columns)), ("Client", client(columns)),
      ("Planned", activities(isPlanned: true, columns)),
      ("Fields", fields(columns)),
      ("Invoices", parts.invoices.map { fit(Self.invoice($0), columns) }),
      ("Notes", notes(columns)), ("Done", activities(isPlanned: false, columns)),
      ("History", history(columns)),
    ]
    let title = "\(CellText.exact(card["id"])) \(CellText.exact(card["title"]))"
    var lines = WrappedText.lines(TerminalText.line(title), width: columns, indent: 0)
      .map { style(.bold, FittedText.cut($0, to: columns)) }
    for (name, text) in sections where !text.isEmpty {
      lines.append("")
      if !name.isEmpty { lines.append(style(.cyan, name)) }
      lines += text.map { "  " + $0 }
    }
    return lines
  }

  // MARK: - Sections

  private func facts(_ columns: Int) -> [String] {
    let pipeline = pipelines.first { $0["id"] == card["pipeline"] }
    let stage = (pipeline?["stages"]?.array ?? []).first { $0["id"] == card["stage"] }
    let place = [pipeline?["name"]?.string, stage?["name"]?.string].compactMap(\.self)
    let reason = parts.reasons.first { $0["id"] == card["reason"] }?["name"]?.string
    let end = [card["outcome"]?.string, reason, card["comment"]?.string].compactMap(\.self)
    return labelled(
      [
        ("where", place.joined(separator: " › ") + since), ("hint", stage?["hint"]?.string ?? ""),
        ("ended", card["outcome"] == "open" ? "" : end.joined(separator: " · ")),
        ("amount", CellText.money(card["amount"]) ?? ""),
        ("responsible", PersonText.name(card["responsible"], people: people)),
        ("source", CellText.exact(card["source"])),
        ("made", moments.text(card["created_at"])),
        ("on base of", card["based_on"]?.int64.map { "card \($0)" } ?? ""),
      ], columns)
  }

  private var since: String {
    let moment = moments.text(card["stage_entered_at"])
    return moment.isEmpty ? "" : ", since \(moment)"
  }

  private func client(_ columns: Int) -> [String] {
    let contact = parts.contact
    let points = { (many: String, one: String) in
      let all = (contact[many]?.array ?? []).compactMap(\.string)
      return all.isEmpty ? contact[one]?.string ?? "" : all.joined(separator: ", ")
    }
    return labelled(
      [
        ("name", CellText.exact(contact["name"])), ("phone", points("phones", "phone")),
        ("e-mail", points("emails", "email")), ("company", CellText.exact(parts.company["name"])),
        ("asked before", card["repeat"] == true ? "yes: f shows their other cards" : ""),
      ], columns)
  }

  private func fields(_ columns: Int) -> [String] {
    labelled(
      parts.fields.map { field in
        let value = card["fields"]?[field["key"]?.string ?? ""]
        let isMoment = field["type"] == "datetime"
        return (
          field["name"]?.string ?? "", isMoment ? moments.text(value) : CellText.plain(value)
        )
      }, columns)
  }

  private func activities(isPlanned: Bool, _ columns: Int) -> [String] {
    let chosen = parts.activities.filter { ($0["state"] == "planned") == isPlanned }
    let moment = isPlanned ? "due_at" : "done_at"
    let ordered = chosen.sorted {
      let (left, right) = ($0[moment]?.string ?? "", $1[moment]?.string ?? "")
      return isPlanned ? left < right : left > right
    }
    return ordered.map { fit(Self.activity($0, moments), columns) }
  }

  private func notes(_ columns: Int) -> [String] {
    parts.notes.reversed().flatMap { note in
      let person = PersonText.name(note["created_by"], people: people)
      let heading = [moments.text(note["created_at"]), person].filter { !$0.isEmpty }
      let text = TerminalText.block(note["text"]?.string ?? "")
      return [style(.faint, fit(TerminalText.line(heading.joined(separator: " · ")), columns))]
        + WrappedText.lines(text, width: columns - 2, indent: 2).map { fit($0, columns) }
    }
  }

  private func history(_ columns: Int) -> [String] {
    let stages = Directory.namesByID(pipelines.flatMap { $0["stages"]?.array ?? [] })
    return parts.history.reversed().map { entry in
      let details = entry["details"]
      let places =
        [details?["from"], details?["to"]].compactMap { $0?.int64.flatMap { stages[$0] } }
        + [details?["from_user"], details?["to_user"]].compactMap { $0?.int64 }
        .map { people[$0] ?? "#\($0)" }
      let words = [
        FittedText.fit(moments.text(entry["at"]), to: 12), CellText.exact(entry["change"]),
        places.joined(separator: " → "), Self.changed(by: entry),
        PersonText.name(entry["user"], people: people),
      ]
      return fit(TerminalText.line(words.filter { !$0.isEmpty }.joined(separator: "  ")), columns)
    }
  }

  /// Behind the margin of a section; before anything is set off, which takes no room.
  private func fit(_ text: String, _ columns: Int) -> String {
    FittedText.cut(text, to: columns - 2)
  }

  private func labelled(_ facts: [(String, String)], _ columns: Int) -> [String] {
    let told = facts.filter { !$0.1.isEmpty }
    let width = min(24, told.map { DisplayWidth.of(TerminalText.line($0.0)) }.max() ?? 0) + 2
    return told.flatMap { name, value in
      let label = style(.faint, FittedText.fit(TerminalText.line(name), to: width))
      let wrapped = WrappedText.lines(
        TerminalText.line(value), width: columns - width - 2, indent: 0
      ).map { FittedText.cut($0, to: columns - width - 2) }
      let margin = String(repeating: " ", count: width)
      return wrapped.enumerated().map { $0.offset == 0 ? label + $0.element : margin + $0.element }
    }
  }

  // MARK: - Single things

  /// Which members an entry of history says were changed.
  static func changed(by entry: JSON) -> String {
    (entry["details"]?.object?.members ?? []).filter { $0.value == true }.map(\.name)
      .joined(separator: ", ")
  }

  /// An activity in a line: when, what, what about, what came of it.
  static func activity(_ activity: JSON, _ moments: SellerMoment) -> String {
    let isPlanned = activity["state"] == "planned"
    let outcome = CellText.exact(activity["outcome"])
    let parts = [
      FittedText.fit(moments.text(activity[isPlanned ? "due_at" : "done_at"]), to: 12),
      activity["direction"] == "incoming" ? "incoming" : "", CellText.exact(activity["type"]),
      CellText.exact(activity["subject"]), outcome.isEmpty ? "" : "→ \(outcome)",
      activity["overdue"] == true ? "overdue" : "",
      activity["state"] == "cancelled" ? "cancelled" : "",
    ]
    return TerminalText.line(parts.filter { !$0.isEmpty }.joined(separator: "  "))
  }

  /// An invoice in a line.
  static func invoice(_ invoice: JSON) -> String {
    let parts = [
      "№ \(CellText.exact(invoice["number"]))", CellText.money(invoice["amount"]) ?? "",
      CellText.exact(invoice["state"]), "by \(CellText.exact(invoice["due_at"]))",
      invoice["overdue"] == true ? "overdue" : "",
    ]
    return TerminalText.line(parts.filter { !$0.isEmpty }.joined(separator: "  "))
  }
}
