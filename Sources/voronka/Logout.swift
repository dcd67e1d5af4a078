internal import ArgumentParser
internal import Console

/// `voronka logout`.
struct Logout: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    abstract: "Forget the profile's token; --everywhere ends all sessions of yours.",
    discussion: """
      Without --everywhere the session stays good until it expires, for whoever else holds its \
      token.
      """)

  @Flag(help: "End all your sessions at the server, also those on other machines.")
  var everywhere = false

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand { LogoutCommand(everywhere: everywhere) }
}
