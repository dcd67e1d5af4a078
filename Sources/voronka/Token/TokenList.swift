internal import ArgumentParser
internal import Console

/// `voronka token list`.
struct TokenList: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List your tokens; for owners and admins all of the company's.")

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand { TokenCommand(.list) }
}
