internal import ArgumentParser
internal import Console

/// `voronka contact-status list`.
struct ContactStatusList: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List last-contact statuses.")

  @Flag(help: "Those that can no longer be chosen too.")
  var inactive = false

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    ContactStatusCommand(.list(inactive: inactive))
  }
}
