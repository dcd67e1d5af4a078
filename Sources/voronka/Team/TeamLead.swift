internal import ArgumentParser
internal import Console

/// `voronka team lead TEAM USER`.
struct TeamLead: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "lead", abstract: "Make a user lead the team, or end it with --no.")

  @Argument(help: "A team by id or name.")
  var team: String

  @Argument(help: "A user by id, e-mail or name.")
  var user: String

  @Flag(help: "They lead it no longer.")
  var no = false

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    TeamCommand(.lead(team: team, user: user, isLead: !no))
  }
}
