internal import ArgumentParser
internal import Console

/// `voronka plan retire CODE`.
struct PlanRetire: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "retire", abstract: "Take a plan off the offer; asks first.")

  @Argument(help: "The plan's code.")
  var code: String

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    PlanCommand(.retire(code))
  }
}
