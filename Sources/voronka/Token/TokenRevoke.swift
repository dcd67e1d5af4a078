internal import ArgumentParser
internal import Console

/// `voronka token revoke ID`.
struct TokenRevoke: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "End a token at once; asks first.")

  @Argument(help: "The token's id, from voronka token list.")
  var id: Int64

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand { TokenCommand(.revoke(id)) }
}
