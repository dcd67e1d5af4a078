internal import ArgumentParser
internal import Console

/// `voronka access explain USER CARD`.
struct AccessExplain: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain what a user may do with a card, and by which grant.")

  @Argument(help: "A user by id, e-mail or name.")
  var user: String

  @Argument(help: "The card's id.")
  var card: Int64

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    AccessExplainCommand(user: user, card: card)
  }
}
