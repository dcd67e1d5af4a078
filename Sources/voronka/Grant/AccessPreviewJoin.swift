internal import ArgumentParser
internal import Console

/// `voronka access preview join TEAM USER`.
struct AccessPreviewJoin: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "join", abstract: "As if the user came into the team.")

  @Argument(help: "The team by id or name.")
  var team: String

  @Argument(help: "The user by id, e-mail or name.")
  var user: String

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    AccessPreviewCommand(.join(team: team, user: user))
  }
}
