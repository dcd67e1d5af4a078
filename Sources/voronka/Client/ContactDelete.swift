internal import ArgumentParser
internal import Console

/// `voronka contact delete ID`.
struct ContactDelete: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Delete a contact of which there are no cards.")

  @Argument(help: "The contact's id.")
  var id: Int64

  @Flag(help: "Only say whether it would go.")
  var dryRun = false

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    ClientCommand(.contact, .delete(id, dryRun: dryRun))
  }
}
