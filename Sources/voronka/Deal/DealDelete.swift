internal import ArgumentParser
internal import Console

/// `voronka deal delete ID`.
struct DealDelete: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Delete a deal; asks first.")

  @Argument(help: "The deal's id.")
  var id: Int64

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    DealDeleteCommand(id: id)
  }
}
