internal import ArgumentParser
internal import Console

/// `voronka usage`.
struct Usage: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "usage", abstract: "Show how much of its plan the company uses.")

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    UsageCommand()
  }
}
