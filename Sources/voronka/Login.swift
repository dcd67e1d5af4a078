internal import ArgumentParser
internal import Console

/// `voronka login`.
struct Login: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    abstract: "Log in and keep the token in a profile that only you can read.",
    discussion: """
      voronka login --tenant mebel --email anna@mebel.example
      voronka login --profile operator --token-file DATA/operator.token

      The password is asked for, or comes from --password-stdin or VORONKA_PASSWORD.
      """)

  @Option(help: "The company's short name.")
  var tenant: String?

  @Option(help: "Your e-mail address.")
  var email: String?

  @Flag(help: "Read the password from the first line of standard input.")
  var passwordStdin = false

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    LoginCommand(tenant: tenant, email: email, readsPasswordFromInput: passwordStdin)
  }
}
