internal import ArgumentParser
internal import Console

/// `voronka activity-type list`.
struct ActivityTypeList: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List kinds of activity.")

  @Flag(help: "Those that can no longer be chosen too.")
  var inactive = false

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    ActivityTypeCommand(.list(inactive: inactive))
  }
}
