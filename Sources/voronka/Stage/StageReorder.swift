internal import ArgumentParser
internal import Console

/// `voronka stage reorder PIPELINE STAGE…`.
struct StageReorder: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "reorder", abstract: "Put the stages of a pipeline into an order.",
    discussion: """
      voronka stage reorder Services "New" "Comments received" "Contract signed"

      Cards stay in their stages. Where any stand in stages that change places, it says how many and asks.
      """)

  @Argument(help: "A pipeline by id or name.")
  var pipeline: String

  @Argument(help: "Its open stages by id or name, in their new order; closing ones may follow.")
  var stages: [String]

  @Flag(help: "Only tell the new order and how many cards stand in stages that change places.")
  var dryRun = false

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    StageReorderCommand(pipeline: pipeline, stages: stages, isDryRun: dryRun)
  }
}
