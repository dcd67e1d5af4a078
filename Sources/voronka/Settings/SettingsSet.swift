internal import ArgumentParser
internal import Console

/// `voronka settings set NAME=VALUE…`.
struct SettingsSet: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "set", abstract: "Change settings of the company.")

  @Argument(help: "Settings such as reopen_days=14 or require_win_comment=true.")
  var changes: [String]

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand { SettingsCommand(changes: changes) }
}
