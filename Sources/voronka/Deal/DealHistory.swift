internal import ArgumentParser
internal import Console

/// `voronka deal history ID`.
struct DealHistory: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Show where a deal was, how long, and who moved it.")

  @Argument(help: "The deal's id.")
  var id: Int64

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    DealHistoryCommand(id: id)
  }
}
