internal import ArgumentParser
internal import Console

/// `voronka company delete ID`.
struct ClientCompanyDelete: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Delete a company of which there are no cards.")

  @Argument(help: "The company's id.")
  var id: Int64

  @Flag(help: "Only say whether it would go.")
  var dryRun = false

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    ClientCommand(.company, .delete(id, dryRun: dryRun))
  }
}
