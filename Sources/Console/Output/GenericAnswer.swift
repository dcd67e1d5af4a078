internal import JSON

/// Any result of any method for people: a table where it is a list, else names and values.
enum GenericAnswer {
  ///
  /// - Parameter method: whose result it is, where that is the whole of it.
  static func make(_ json: JSON, of method: String? = nil) -> Answer {
    if let items = json["items"]?.array {
      return list(json, items: items, origin: method.map { Origin($0, "items") })
    }
    if let items = json.array, items.allSatisfy({ $0.object != nil }), !items.isEmpty {
      return list(json, items: items)
    }
    return Answer(json: json, origin: method.map { Origin($0) }) { page in
      guard let object = json.object else { return [TerminalText.line(CellText.plain(json))] }
      return members(object, page: page)
    }
  }

  /// Names on the left, values on the right; lists of objects as tables below, then what is a thing of its own.
  static func members(_ object: JSONObject, page: Page) -> [String] {
    let isTable = { (value: JSON) in
      value.array.map { !$0.isEmpty && $0.allSatisfy { $0.object != nil } } ?? false
    }
    let plain = object.members.filter { !isTable($0.value) && !isBlock($0.value) }
    let nameWidth = plain.map { DisplayWidth.of(TerminalText.line($0.name)) }.max() ?? 0
    var lines = plain.map { member in
      let name = FittedText.pad(TerminalText.line(member.name), to: nameWidth)
      return "\(page.style(.faint, name))  \(TerminalText.line(CellText.plain(member.value)))"
        .trimmingTrailingSpaces()
    }
    for member in object.members where isTable(member.value) {
      lines += ["", page.style(.bold, TerminalText.line(member.name))]
      lines += list(member.value, items: member.value.array ?? []).text(page)
    }
    for member in object.members where isBlock(member.value) {
      lines += ["", page.style(.bold, TerminalText.line(member.name))]
      lines += members(member.value.object ?? JSONObject(), page: page)
    }
    return lines
  }

  /// Whether a value is a thing of its own, such as the next activity that was planned with one: too much for a line.
  private static func isBlock(_ value: JSON) -> Bool {
    (value.object?.members.count ?? 0) > 6
  }

  private static func list(_ json: JSON, items: [JSON], origin: Origin? = nil) -> Answer {
    var names: [String] = []
    for item in items {
      for member in item.object?.members ?? [] where !names.contains(member.name) {
        names.append(member.name)
      }
    }
    let columns = names.map { name in
      let isNumeric = items.allSatisfy { item in
        switch item[name] {
        case nil, .null, .number: true
        case .some(let value): CellText.money(value) != nil
        }
      }
      return Listing.Column.member(name, nil, isNumeric ? .right : .left)
    }
    return Listing.answer(json: json, items: items, columns: columns, origin: origin)
  }
}
