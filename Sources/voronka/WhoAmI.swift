internal import ArgumentParser
internal import Console

/// `voronka whoami`.
struct WhoAmI: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "whoami", abstract: "Say whom the server takes you for.")

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand { WhoAmICommand() }
}
