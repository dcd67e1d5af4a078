internal import ArgumentParser
internal import Console

/// `voronka lead assign ID USER`.
struct LeadAssign: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "assign",
    abstract: "Make somebody responsible for a lead, or the next one of a team.")

  @Argument(help: "The lead's id.")
  var id: Int64

  @Argument(help: "A user by id, e-mail or name.")
  var user: String?

  @Option(help: "A team by id or name: it goes to the one whose turn it is.")
  var team: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    LeadAssignCommand(id: id, user: user, team: team)
  }
}
