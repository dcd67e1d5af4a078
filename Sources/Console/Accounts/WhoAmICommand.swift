internal import JSON

/// `voronka whoami`: who the server takes one for.
public struct WhoAmICommand: ConsoleCommand {
  /// The question who one is.
  public init() {}

  /// Asks the server.
  public func run(in context: ConsoleContext) async throws {
    let result = try await Session.with(context) { try await $0.call("auth.whoami") }
    context.present(
      Answer(json: result) { _ in [PrincipalText.line(result["principal"] ?? result)] })
  }
}
