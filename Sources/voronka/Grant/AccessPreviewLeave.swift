internal import ArgumentParser
internal import Console

/// `voronka access preview leave TEAM USER`.
struct AccessPreviewLeave: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "leave", abstract: "As if the user left the team.")

  @Argument(help: "The team by id or name.")
  var team: String

  @Argument(help: "The user by id, e-mail or name.")
  var user: String

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    AccessPreviewCommand(.leave(team: team, user: user))
  }
}
