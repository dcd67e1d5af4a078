internal import ArgumentParser
internal import Console

/// `voronka logout`.
struct Logout: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    abstract: "End the session and forget the profile's token.")

  @Flag(help: "End all your sessions, also those on other machines.")
  var everywhere = false

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand { LogoutCommand(everywhere: everywhere) }
}
