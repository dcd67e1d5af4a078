internal import ArgumentParser
internal import Console

/// `voronka plan show CODE`.
struct PlanShow: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show one plan.")

  @Argument(help: "The plan's code.")
  var code: String

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    PlanCommand(.show(code))
  }
}
