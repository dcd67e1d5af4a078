internal import ArgumentParser
internal import Console

/// `voronka pipeline templates`.
struct PipelineTemplates: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "templates", abstract: "List the templates for pipelines.")

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    PipelineCommand(.templates)
  }
}
