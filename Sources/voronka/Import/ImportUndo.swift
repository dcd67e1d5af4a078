internal import ArgumentParser
internal import Console

/// `voronka import undo ID`.
struct ImportUndo: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Take back an import with all that it brought; asks first.")

  @Argument(help: "The import's id.")
  var id: Int64

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    ImportStatusCommand(id: id, undoes: true)
  }
}
