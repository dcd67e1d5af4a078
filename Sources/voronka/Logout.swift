internal import ArgumentParser
internal import Console

/// `voronka logout`.
struct Logout: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    abstract: "End the profile's session and forget its token.",
    discussion: """
      Whoever else holds the token is logged out too; your other sessions go on, unless you say \
      --everywhere. The profile is forgotten also where the server can't be reached: the session \
      then stands until it expires, and the console says so.
      """)

  @Flag(help: "End all your sessions at the server, also those on other machines.")
  var everywhere = false

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand { LogoutCommand(everywhere: everywhere) }
}
