internal import ArgumentParser
internal import Console

/// `voronka user create EMAIL`.
struct UserCreate: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Create a user.",
    discussion: """
      The password is asked for twice, or comes from --password-stdin or VORONKA_NEW_PASSWORD.
      """)

  @Argument(help: "Their e-mail address.")
  var email: String

  @Option(help: "Their name.")
  var name: String

  @Option(help: "owner, admin or member.")
  var role: String = "member"

  @Option(name: .customLong("team"), help: "A team by id or name; may be repeated.")
  var teams: [String] = []

  @Flag(help: "Read their password from the first line of standard input.")
  var passwordStdin = false

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    UserCommand(
      .create(
        email: email, name: name, role: role, teams: teams,
        readsPasswordFromInput: passwordStdin))
  }
}
