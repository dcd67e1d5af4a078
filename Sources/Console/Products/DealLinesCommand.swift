internal import JSON

/// `voronka deal lines ID`: what is sold with a deal; with `PRODUCT=QUANTITY…` that it is this from now on.
public struct DealLinesCommand: ConsoleCommand {
  let id: Int64
  let lines: [String]
  let takesAllAway: Bool

  /// All the lines of a deal, such as `Table=2`, `Table=2@9900.50` or `17=2@9900.50-5%`. Without any they are
  /// shown, or, where that is said, taken away.
  public init(id: Int64, lines: [String], takesAllAway: Bool = false) {
    self.id = id
    self.lines = lines
    self.takesAllAway = takesAllAway
  }

  /// Shows the lines, or replaces them and prints the deal.
  public func run(in context: ConsoleContext) async throws {
    guard lines.isEmpty || !takesAllAway else {
      throw ConsoleFailure.usage("Give lines, or --none to take them all away, not both.")
    }
    let answer = try await Session.answer(context) { session in
      guard !lines.isEmpty || takesAllAway else { return try await shown(session) }
      let directory = Directory(session: session)
      var parsed: [JSON] = []
      for line in lines { parsed.append(try await Self.line(line, directory)) }
      let card = try await session.call(
        "deal.set_lines", ["id": .integer(id), "lines": .array(parsed)])
      return CardAnswer.make(card, names: try await CardNames.load(directory, for: [card]))
    }
    context.present(answer)
  }

  private func shown(_ session: Session) async throws -> Answer {
    let card = try await session.call("deal.get", ["id": .integer(id)])
    let lines = card["lines"]?.array ?? []
    return Listing.answer(
      json: ["items": .array(lines), "next": .null], items: lines,
      columns: [
        Listing.Column("PRODUCT") {
          "\(CellText.plain($0["name"])) (\(CellText.exact($0["product"])))"
        },
        .member("quantity", nil, .right), .member("price", nil, .right),
        .member("discount", "DISCOUNT %", .right), .member("amount", nil, .right),
      ], ifEmpty: "Deal \(id) has no lines.")
  }

  private static func line(_ text: String, _ directory: Directory) async throws -> JSON {
    let wrong = ConsoleFailure.usage(
      "\"\(text)\" is no line: write PRODUCT=QUANTITY, with @PRICE and -DISCOUNT% where needed.")
    guard let border = text.lastIndex(of: "=") else { throw wrong }
    var rest = String(text[text.index(after: border)...])
    var line: JSONObject = [:]
    if rest.hasSuffix("%"), let dash = rest.lastIndex(of: "-") {
      guard let discount = number(rest[rest.index(after: dash)...].dropLast()) else { throw wrong }
      line["discount"] = discount
      rest = String(rest[..<dash])
    }
    if let at = rest.firstIndex(of: "@") {
      line["price"] = try await MoneyArgument.parse(
        String(rest[rest.index(after: at)...]), session: directory.session)
      rest = String(rest[..<at])
    }
    guard let quantity = number(rest[...]) else { throw wrong }
    line["quantity"] = quantity
    line["product"] = .integer(try await directory.product(String(text[..<border])))
    return .object(line)
  }

  private static func number(_ text: Substring) -> JSON? {
    JSONNumber(text: String(text)).map { .number($0) }
  }
}
