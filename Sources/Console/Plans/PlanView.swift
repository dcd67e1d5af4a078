internal import JSON

/// A plan, or how much of it is used, as people read it: one limit a line.
enum PlanView {
  /// A plan of the catalogue.
  static func answer(_ plan: JSON, of method: String) -> Answer {
    Answer(json: plan, origin: Origin(method)) { page in
      var rows: [(String, String)] = [
        ("code", CellText.exact(plan["code"])), ("name", CellText.plain(plan["name"])),
      ]
      if let price = plan["price"], !price.isNull { rows.append(("price", CellText.plain(price))) }
      for member in plan["limits"]?.object?.members ?? [] {
        rows.append((words(member.name), number(member.value)))
      }
      rows.append(("features", features(plan)))
      rows += kept(plan)
      if plan["retired"] == true { rows.append(("retired", "yes")) }
      var table = TextTable([TextTable.Column("PLAN", .left), TextTable.Column("", .left)])
      for row in rows { table.append([row.0, row.1]) }
      return table.lines(width: page.width, style: page.style)
    }
  }

  /// How much a company uses of what its plan allows.
  static func usage(_ usage: JSON, of method: String) -> Answer {
    Answer(json: usage, origin: Origin(method)) { page in
      var table = TextTable([
        TextTable.Column("LIMIT", .left), TextTable.Column("USED", .right),
        TextTable.Column("MAX", .right), TextTable.Column("SHARE", .right),
      ])
      for member in usage["limits"]?.object?.members ?? [] {
        table.append([
          words(member.name), CellText.plain(member.value["used"]),
          number(member.value["max"] ?? .null), share(member.value["share"]),
        ])
      }
      var lines = table.lines(width: page.width, style: page.style)
      lines.append("")
      lines.append(TerminalText.line("Plan: \(CellText.exact(usage["plan"]))"))
      lines.append(TerminalText.line("Features: \(features(usage))"))
      lines += kept(usage).map { TerminalText.line("\($0.0): \($0.1)") }
      return lines
    }
  }

  private static func words(_ name: String) -> String { name.replacing("_", with: " ") }

  private static func number(_ value: JSON) -> String {
    value.isNull ? "no limit" : CellText.exact(value)
  }

  private static func share(_ value: JSON?) -> String {
    guard let share = value?.double else { return "" }
    return "\(Int((share * 100).rounded())) %"
  }

  private static func features(_ plan: JSON) -> String {
    guard let features = plan["features"]?.array else { return "all" }
    let names = features.map { words(CellText.plain($0)) }
    return names.isEmpty ? "none" : names.joined(separator: ", ")
  }

  private static func kept(_ plan: JSON) -> [(String, String)] {
    (plan["retention"]?.object?.members ?? []).map {
      ("keeps \(words($0.name))", $0.value.isNull ? "for ever" : CellText.exact($0.value))
    }
  }
}
