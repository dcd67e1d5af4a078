internal import ArgumentParser
internal import Console

/// `voronka support allow`.
struct SupportAllow: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "allow", abstract: "Let the operator look in when asked for help.")

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    SupportCommand(.allow(true))
  }
}
