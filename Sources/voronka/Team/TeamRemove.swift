internal import ArgumentParser
internal import Console

/// `voronka team remove TEAM USER`.
struct TeamRemove: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "remove", abstract: "End a membership.")

  @Argument(help: "A team by id or name.")
  var team: String

  @Argument(help: "A user by id, e-mail or name.")
  var user: String

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    TeamCommand(.remove(team: team, user: user))
  }
}
