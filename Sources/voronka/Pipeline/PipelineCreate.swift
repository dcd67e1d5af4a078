internal import ArgumentParser
internal import Console

/// `voronka pipeline create NAME`.
struct PipelineCreate: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Create a pipeline from a template or with stages of your own."
  )

  @Argument(help: "What it is called.")
  var name: String

  @Option(help: "deal or lead.")
  var kind: String = "deal"

  @Option(help: "A template; voronka pipeline templates lists them.")
  var template: String?

  @Option(
    name: .customLong("stage"),
    help: "An open stage; repeat in their order. Won and lost are added.")
  var stages: [String] = []

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    PipelineCommand(.create(name: name, kind: kind, template: template, stages: stages))
  }
}
