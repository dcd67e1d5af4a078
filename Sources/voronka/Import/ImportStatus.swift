internal import ArgumentParser
internal import Console

/// `voronka import status ID`.
struct ImportStatus: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show what became of an import.")

  @Argument(help: "The import's id.")
  var id: Int64

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    ImportStatusCommand(id: id, undoes: false)
  }
}
