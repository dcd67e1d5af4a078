internal import JSON

/// `voronka deal lines ID PRODUCT=QUANTITY…`: what is sold with a deal.
public struct DealLinesCommand: ConsoleCommand {
  let id: Int64
  let lines: [String]

  /// All the lines of a deal, such as `Table=2`, `Table=2@9900.50` or `17=2@9900.50-5%`; none takes them away.
  public init(id: Int64, lines: [String]) {
    self.id = id
    self.lines = lines
  }

  /// Replaces the lines and prints the deal.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      let directory = Directory(session: session)
      var parsed: [JSON] = []
      for line in lines { parsed.append(try await Self.line(line, directory)) }
      let card = try await session.call(
        "deal.set_lines", ["id": .integer(id), "lines": .array(parsed)])
      return CardAnswer.make(card, names: try await CardNames.load(directory, for: [card]))
    }
    context.present(answer)
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
