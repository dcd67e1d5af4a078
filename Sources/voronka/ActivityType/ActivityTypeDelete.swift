internal import ArgumentParser
internal import Console

/// `voronka activity-type delete TYPE`.
struct ActivityTypeDelete: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Delete a kind of activity; one in use is put away instead.")

  @Argument(help: "The kind, by id or name.")
  var type: String

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    ActivityTypeCommand(.delete(type))
  }
}
