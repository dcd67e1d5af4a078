internal import JSON

/// `voronka methods`: all methods of the server with a line on each.
public struct MethodsCommand: ConsoleCommand {
  /// The list of methods.
  public init() {}

  /// Asks the server and prints the list.
  public func run(in context: ConsoleContext) async throws {
    let discovery = try await Session.with(context, requiresLogin: false) {
      try await Discovery.load($0)
    }
    let items = discovery.methods.map { method -> JSON in
      ["method": .string(method.name), "summary": .string(method.summary)]
    }
    context.present(
      Listing.answer(
        json: .array(items), items: items, columns: [.member("method"), .member("summary")]))
  }
}
