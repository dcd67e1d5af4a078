internal import ArgumentParser
internal import Console

/// `voronka setup first-line`.
struct SetupFirstLine: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "first-line",
    abstract: "A first line for leads, and two directions with a senior team each.",
    discussion: """
      Makes what is not there yet: the stages with which the first line qualifies and hands over, the \
      pipelines and teams of two directions, and their rights: the first line sees leads and nothing else, \
      each senior team the deals of its own direction. With --second-chance there is a third way out, for \
      clients who asked to be contacted later, into a pipeline in which both senior teams work.
      """)

  @Flag(help: "Also make the way out for those who asked to be contacted later; one pipeline more.")
  var secondChance = false

  @Flag(help: "Only say what would be made.")
  var dryRun = false

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    SetUpCommand(
      template: "first_line_and_seniors", offersSecondChance: secondChance, isDryRun: dryRun)
  }
}
