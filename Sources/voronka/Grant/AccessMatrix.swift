internal import ArgumentParser
internal import Console

/// `voronka access matrix`.
struct AccessMatrix: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "matrix", abstract: "Show who may do what on which pipelines.",
    discussion: """
      A cell names the cards on which the action is held: own, team, subteams or all, with the \
      outcome and the stages to which a grant is narrowed; led: those of the people one leads.
      """)

  @Flag(help: "Show what is given to teams instead of what people hold.")
  var teams = false

  @Option(help: "One pipeline only, by id or name.")
  var pipeline: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    AccessMatrixCommand(showsTeams: teams, pipeline: pipeline)
  }
}
