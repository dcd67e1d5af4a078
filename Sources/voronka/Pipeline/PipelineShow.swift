internal import ArgumentParser
internal import Console

/// `voronka pipeline show PIPELINE`.
struct PipelineShow: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a pipeline and its stages.")

  @Argument(help: "A pipeline by id or name.")
  var pipeline: String

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    PipelineCommand(.show(pipeline))
  }
}
