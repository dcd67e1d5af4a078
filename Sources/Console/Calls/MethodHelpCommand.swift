internal import JSON

/// `voronka help METHOD`: the server's own description of a method, as a page.
public struct MethodHelpCommand: ConsoleCommand {
  let name: String

  /// Help on a method by its name.
  public init(method name: String) {
    self.name = name
  }

  /// Asks the server and prints the page; a name that is not there gets its neighbours named.
  public func run(in context: ConsoleContext) async throws {
    let discovery = try await Session.with(context, requiresLogin: false) {
      try await Discovery.load($0)
    }
    guard let method = discovery.method(named: name) else {
      throw ConsoleFailure.usage(unknown(discovery.methods.map(\.name)))
    }
    context.present(
      Answer(json: method.json) { MethodPage(method: method, page: $0).lines })
  }

  private func unknown(_ names: [String]) -> String {
    let noun = name.prefix { $0 != "." }
    let near = names.filter { $0.hasPrefix(noun + ".") }
    let hint =
      near.isEmpty
      ? "voronka methods lists them all." : "There are \(near.joined(separator: ", "))."
    return "The server has no method \"\(name)\". \(hint)"
  }
}
