internal import ArgumentParser
internal import Console

/// `voronka contact erase ID`.
struct ContactErase: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "erase",
    abstract: "Erase a person's data from cards, notes, history and audit for good; asks first.")

  @Argument(help: "The contact's id.")
  var id: Int64

  @Flag(help: "Also the names of companies that bear theirs and have no other contacts.")
  var company = false

  @Flag(help: "Only tell what would go.")
  var dryRun = false

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    ClientCommand(.contact, .erase(id, withCompanies: company, dryRun: dryRun))
  }
}
