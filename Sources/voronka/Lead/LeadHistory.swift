internal import ArgumentParser
internal import Console

/// `voronka lead history ID`.
struct LeadHistory: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Show where a lead was, how long, and who moved it.")

  @Argument(help: "The lead's id.")
  var id: Int64

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    DealHistoryCommand(id: id, of: "lead")
  }
}
