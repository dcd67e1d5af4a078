internal import ArgumentParser
internal import Console

/// `voronka pipeline lint PIPELINE`.
struct PipelineLint: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Say what is wrong with a pipeline, in its design and in what its cards did.")

  @Argument(help: "A pipeline by id or name; not needed where there is only one.")
  var pipeline: String?

  @Option(help: "Only cards created on this day or later: YYYY-MM-DD.")
  var from: String?

  @Option(help: "Only cards created before this day: YYYY-MM-DD.")
  var to: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    PipelineLintCommand(pipeline: pipeline, from: from, to: to)
  }
}
