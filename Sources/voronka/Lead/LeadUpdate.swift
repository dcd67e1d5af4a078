internal import ArgumentParser
internal import Console

/// `voronka lead update ID`.
struct LeadUpdate: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Change a lead's values.")

  @Argument(help: "The lead's id.")
  var id: Int64

  @OptionGroup
  var values: CardUpdateOptions

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    values.command(id, of: "lead")
  }
}
