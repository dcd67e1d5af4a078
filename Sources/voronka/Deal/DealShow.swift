internal import ArgumentParser
internal import Console

/// `voronka deal show ID`.
struct DealShow: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show one deal.")

  @Argument(help: "The deal's id.")
  var id: Int64

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    DealShowCommand(id: id)
  }
}
