internal import ArgumentParser
internal import Console

/// `voronka reason delete REASON`.
struct ReasonDelete: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Delete a reason; one that cards have is put away.")

  @Argument(help: "The reason, by id or name.")
  var reason: String

  @Option(help: "The list in which it is, where others have one of the name.")
  var kind: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand { ReasonCommand(.delete(reason, kind: kind)) }
}
