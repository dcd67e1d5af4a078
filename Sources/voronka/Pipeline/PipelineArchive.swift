internal import ArgumentParser
internal import Console

/// `voronka pipeline archive PIPELINE`.
struct PipelineArchive: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "archive", abstract: "Put a pipeline away with its cards; asks first.")

  @Argument(help: "A pipeline by id or name.")
  var pipeline: String

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    PipelineCommand(.archive(pipeline))
  }
}
