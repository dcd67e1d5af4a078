internal import ArgumentParser
internal import Console

/// `voronka plan list`.
struct PlanList: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List plans and their limits.")

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    PlanCommand(.list)
  }
}
