internal import ArgumentParser
internal import Console

/// `voronka team create NAME`.
struct TeamCreate: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Create a team.")

  @Argument(help: "What it is called.")
  var name: String

  @Option(help: "first_line, senior or other.")
  var kind: String = "other"

  @Option(help: "The team above it, by id or name.")
  var parent: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    TeamCommand(.create(name: name, kind: kind, parent: parent))
  }
}
