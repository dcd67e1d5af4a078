internal import ArgumentParser
internal import Console

/// `voronka team list`.
struct TeamList: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List teams with their leads and members.")

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    TeamCommand(.list)
  }
}
