internal import ArgumentParser
internal import Console

/// `voronka deal update ID`.
struct DealUpdate: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Change a deal's values.")

  @Argument(help: "The deal's id.")
  var id: Int64

  @OptionGroup
  var values: CardUpdateOptions

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    values.command(id, of: "deal")
  }
}
