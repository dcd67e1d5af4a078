internal import JSON

/// `voronka product …`: what the company sells.
public struct ProductCommand: ConsoleCommand {
  /// What to do.
  public enum Action: Sendable {
    /// All, or those whose names begin so.
    case list(name: String?)
    /// A new one, with or without a price.
    case create(name: String, price: String?)
    /// Another name or price of one, by id or name.
    case update(String, name: String?, price: String?)
  }

  let action: Action

  /// A command on products.
  public init(_ action: Action) {
    self.action = action
  }

  /// Does it and prints the outcome.
  public func run(in context: ConsoleContext) async throws {
    let answer = try await Session.answer(context) { session in
      switch action {
      case .list(let name): return try await Self.list(name, session)
      case .create(let name, let price):
        var params: JSONObject = ["name": .string(name)]
        if let price { params["price"] = try await MoneyArgument.parse(price, session: session) }
        return GenericAnswer.make(
          try await session.call("product.create", .object(params)), of: "product.create")
      case .update(let text, let name, let price):
        var params: JSONObject = [
          "id": .integer(try await Directory(session: session).product(text))
        ]
        params["name"] = name.map { .string($0) }
        if let price { params["price"] = try await MoneyArgument.parse(price, session: session) }
        return GenericAnswer.make(
          try await session.call("product.update", .object(params)), of: "product.update")
      }
    }
    context.present(answer)
  }

  private static func list(_ name: String?, _ session: Session) async throws -> Answer {
    var params: JSONObject = [:]
    params["name"] = name.map { .string($0) }
    let items = try await session.items("product.list", params)
    return Listing.answer(
      json: ["items": .array(items), "next": .null], items: items,
      columns: [
        Listing.Column("ID", .right) { CellText.exact($0["id"]) }, .member("name"),
        .member("price", nil, .right),
      ], ifEmpty: "No products.", origin: Origin("product.list", "items"))
  }
}
