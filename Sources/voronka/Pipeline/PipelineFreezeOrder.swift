internal import ArgumentParser
internal import Console

/// `voronka pipeline freeze-order PIPELINE…`.
struct PipelineFreezeOrder: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "freeze-order",
    abstract: "Say which pipelines freeze first when the plan allows fewer.",
    discussion: "Without any the last ones of the list freeze first again.")

  @Argument(help: "Pipelines by id or name, the first to freeze first.")
  var pipelines: [String] = []

  @Flag(help: "Only tell what would freeze and thaw.")
  var dryRun = false

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    PipelineCommand(.freezeOrder(pipelines, dryRun: dryRun))
  }
}
