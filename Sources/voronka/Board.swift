internal import ArgumentParser
internal import Console

/// `voronka board [PIPELINE]`.
struct Board: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    abstract: "Show a pipeline's stages with counts, sums and newest cards.")

  @Argument(help: "A pipeline by id or name; not needed where there is only one.")
  var pipeline: String?

  @Option(help: "How many cards of each stage to show.")
  var cards = 5

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    BoardCommand(pipeline: pipeline, cardsPerStage: cards)
  }
}
