internal import ArgumentParser
internal import Console

/// `voronka grant list [PIPELINE]`.
struct GrantList: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List grants.")

  @Argument(help: "A pipeline by id or name.")
  var pipeline: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    GrantCommand(.list(pipeline: pipeline))
  }
}
