internal import ArgumentParser
internal import Console

/// `voronka pipeline list`.
struct PipelineList: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the pipelines that you may see.")

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    PipelineCommand(.list)
  }
}
