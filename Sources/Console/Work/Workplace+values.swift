internal import JSON

/// Values, asked for as their types want them.
extension Workplace {
  /// A value of a field of the company's own, beginning with the present one; null where it was emptied, nil
  /// where it was given up or can't be read.
  func askValue(of field: JSON, _ question: String, present: JSON?) async throws -> JSON? {
    let choices = (field["choices"]?.array ?? []).compactMap(\.string)
    switch field["type"]?.string {
    case "choice":
      return try await one(
        question, choices.map { (name: $0, value: .string($0)) }, present: present)
    case "multi_choice": return try await several(question, choices, present: present)
    case "boolean":
      return try await one(question, [("yes", true), ("no", false)], present: present)
    case "user": return try await askPerson(question, present: present)
    case "date": return try await askDay(question, present: present)
    case "datetime":
      let moment = CellText.exact(present)
      let shown = CompanyMoments(calendar: calendar).text(moment) ?? moment
      return try await askMoment(question, present: shown).map { .string($0) }
    case "money": return try await askAmount(question, present: present)
    case "number":
      return try await askText(question, present: present).map { text in
        guard let text = text.string else { return text }
        return (try? JSONReader().read(text.replacing(",", with: "."))) ?? .string(text)
      }
    default: return try await askText(question, present: present)
    }
  }

  /// A text; null where it was emptied.
  func askText(_ question: String, present: JSON?) async throws -> JSON? {
    try await ask(question, present: CellText.exact(present))
      .map { $0.isEmpty ? .null : .string($0) }
  }

  /// A sum in the company's currency; null where it was emptied.
  func askAmount(_ question: String, present: JSON?) async throws -> JSON? {
    try await ask(question, present: CellText.exact(present?["amount"]))
      .map { $0.isEmpty ? .null : amount($0) }
  }

  private func askDay(_ question: String, present: JSON?) async throws -> JSON? {
    guard
      let text = try await ask("\(question) (26.11, tomorrow)", present: CellText.exact(present))
    else { return nil }
    guard !text.isEmpty else { return .null }
    guard let day = WhenText.day(text, now: command.now(), calendar: calendar) else {
      status = TerminalText.line("\"\(text)\" is no day: write 26.11, tomorrow, 2026-11-26.")
      return nil
    }
    return .string(day)
  }

  /// One of one's colleagues, by name.
  func askPerson(_ question: String, present: JSON? = nil) async throws -> JSON? {
    let known = people.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    return try await one(
      question, known.map { (name: $0.value, value: .integer($0.key)) }, present: present)
  }

  /// How the last contact ended.
  func askLastContact(_ question: String, present: JSON? = nil) async throws -> JSON? {
    let statuses = try await items("contact_status.list", [:])
    return try await one(
      question, statuses.map { (name: CellText.exact($0["name"]), value: $0["id"] ?? .null) },
      present: present)
  }

  private func one(
    _ question: String, _ options: [(name: String, value: JSON)], present: JSON?
  ) async throws -> JSON? {
    let place = options.firstIndex { $0.value == present }
    let names = options.map(\.name) + (place == nil ? [] : ["(none)"])
    return try await choose(question, names, at: place ?? 0).map {
      options.indices.contains($0) ? options[$0].value : .null
    }
  }

  private func several(
    _ question: String, _ choices: [String], present: JSON?
  ) async throws -> JSON? {
    var chosen = Set((present?.array ?? []).compactMap(\.string))
    var place = 0
    while true {
      let names = choices.map { (chosen.contains($0) ? "✓ " : "· ") + $0 } + ["That is all"]
      guard let index = try await choose(question, names, at: place) else { return nil }
      guard choices.indices.contains(index) else {
        return chosen.isEmpty ? .null : .array(choices.filter(chosen.contains).map { .string($0) })
      }
      chosen.formSymmetricDifference([choices[index]])
      place = index
    }
  }
}
