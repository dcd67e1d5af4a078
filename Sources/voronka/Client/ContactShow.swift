internal import ArgumentParser
internal import Console

/// `voronka contact show ID`.
struct ContactShow: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one contact; of one that was merged, the one that was kept.")

  @Argument(help: "The contact's id.")
  var id: Int64

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    ClientCommand(.contact, .show(id))
  }
}
