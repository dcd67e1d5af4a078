internal import ArgumentParser
internal import Console

/// `voronka pipeline delete PIPELINE`.
struct PipelineDelete: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "delete",
    abstract: "Delete a pipeline; asks first. Its cards go to stages of another one.",
    discussion: """
      voronka pipeline delete Stairs --dry-run
      voronka pipeline delete Stairs --move-to New=Kitchens/New --move-to Lost=Kitchens/Lost
      """)

  @Argument(help: "A pipeline by id or name.")
  var pipeline: String

  @Option(help: "Where the cards of a stage go: STAGE=PIPELINE/STAGE, or ids; may be repeated.")
  var moveTo: [String] = []

  @Flag(help: "Only say what would come of it.")
  var dryRun = false

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    PipelineCommand(.delete(pipeline, moves: moveTo, dryRun: dryRun))
  }
}
