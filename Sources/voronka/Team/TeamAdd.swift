internal import ArgumentParser
internal import Console

/// `voronka team add TEAM USER`.
struct TeamAdd: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Make a user a member.")

  @Argument(help: "A team by id or name.")
  var team: String

  @Argument(help: "A user by id, e-mail or name.")
  var user: String

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    TeamCommand(.add(team: team, user: user))
  }
}
