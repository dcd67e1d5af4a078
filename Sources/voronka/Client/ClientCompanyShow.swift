internal import ArgumentParser
internal import Console

/// `voronka company show ID`.
struct ClientCompanyShow: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one company; of one that was merged, the one that was kept.")

  @Argument(help: "The company's id.")
  var id: Int64

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    ClientCommand(.company, .show(id))
  }
}
