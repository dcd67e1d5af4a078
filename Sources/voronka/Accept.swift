internal import ArgumentParser
internal import Console

/// `voronka accept`.
struct Accept: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    abstract: "Choose a password by an invitation, and log in.",
    discussion: """
      voronka accept --server tls://crm.example:7421

      The invitation is asked for, or comes from --token-file or VORONKA_INVITATION. The password is \
      asked for twice, or comes from --password-stdin or VORONKA_NEW_PASSWORD.
      """)

  @Flag(help: "Read the password from the first line of standard input.")
  var passwordStdin = false

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    AcceptCommand(readsPasswordFromInput: passwordStdin)
  }
}
