internal import ArgumentParser
internal import Console

/// `voronka settings show`.
struct SettingsShow: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show the company's settings.")

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand { SettingsCommand() }
}
