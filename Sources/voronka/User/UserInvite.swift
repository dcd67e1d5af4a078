internal import ArgumentParser
internal import Console

/// `voronka user invite EMAIL`.
struct UserInvite: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "invite",
    abstract: "Add a user who chooses their password by voronka accept.",
    discussion: """
      voronka user invite boris@mebel.example --name Boris --team 1

      Prints the invitation, which is shown once and works once, within a week.
      """)

  @Argument(help: "Their e-mail address.")
  var email: String

  @Option(help: "Their name.")
  var name: String

  @Option(help: "owner, admin or member.")
  var role: String = "member"

  @Option(name: .customLong("team"), help: "A team by id or name; may be repeated.")
  var teams: [String] = []

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    UserCommand(.invite(email: email, name: name, role: role, teams: teams))
  }
}
