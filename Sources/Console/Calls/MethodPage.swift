internal import JSON

/// A method's description as a page to read.
struct MethodPage {
  let method: MethodDescription
  let page: Page

  var lines: [String] {
    var lines = [page.style(.bold, TerminalText.line(method.name))]
    for text in [method.summary, method.text] where !text.isEmpty && !lines.contains("  " + text) {
      lines += wrapped(text, indent: 2)
    }
    lines += section("Params", params)
    lines += section("Result", result)
    lines += section("Errors", errors)
    for example in method.examples { lines += section("Example", self.example(example)) }
    return lines
  }

  private func section(_ title: String, _ body: [String]) -> [String] {
    body.isEmpty ? [] : ["", page.style(.bold, title)] + body
  }

  private var params: [String] {
    let params = method.params
    guard !params.isEmpty else { return ["  none"] }
    return rows(
      params.map { ($0.name, $0.isRequired, $0.text, $0.schema) }, indent: 2, depth: 0)
      + (params.contains(where: \.isRequired) ? ["  * required"] : [])
  }

  private var result: [String] {
    guard let schema = method.result else { return [] }
    let members = rows(schema.members, indent: 2, depth: 0)
    return members.isEmpty ? ["  " + TerminalText.line(schema.typeText)] : members
  }

  private func rows(
    _ members: [(name: String, isRequired: Bool, text: String, schema: Schema)], indent: Int,
    depth: Int
  ) -> [String] {
    let nameWidth = members.map { DisplayWidth.of($0.name) + 1 }.max() ?? 0
    return members.flatMap { member -> [String] in
      let name = FittedText.pad(
        TerminalText.line(member.name) + (member.isRequired ? "*" : ""), to: nameWidth)
      let type = TerminalText.line(member.schema.typeText)
      let head = String(repeating: " ", count: indent) + page.style(.cyan, name) + "  " + type
      var lines = [head.trimmingTrailingSpaces()]
      if !member.text.isEmpty { lines += wrapped(member.text, indent: indent + nameWidth + 2) }
      if depth < 2 { lines += rows(member.schema.members, indent: indent + 4, depth: depth + 1) }
      return lines
    }
  }

  private var errors: [String] {
    method.errors.flatMap { error -> [String] in
      let kind = error["data"]?["kind"]?.string ?? ""
      let head = "  \(CellText.exact(error["code"])) \(kind)"
      return wrapped("\(head.trimmingSpaces())  \(CellText.exact(error["message"]))", indent: 2)
    }
  }

  private func example(_ example: JSON) -> [String] {
    var params = JSONObject()
    for param in example["params"]?.array ?? [] {
      if let name = param["name"]?.string { params[name] = param["value"] ?? .null }
    }
    let text = params.isEmpty ? "" : " '\(JSON.object(params))'"
    let call = "  voronka call \(method.name)\(text)"
    let result = example["result"]?["value"].map { ["  " + TerminalText.line($0.description)] }
    return [TerminalText.line(call)] + (result ?? [])
  }

  private func wrapped(_ text: String, indent: Int) -> [String] {
    WrappedText.lines(TerminalText.block(text), width: page.width ?? 100, indent: indent)
  }
}
