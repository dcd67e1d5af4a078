internal import ArgumentParser
internal import Console

/// `voronka user reset-password USER`.
struct UserResetPassword: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "reset-password",
    abstract: "Invite a user to choose a password anew, or for the first time after an import.",
    discussion: "Until the invitation is accepted, by voronka accept, an old password still holds.")

  @Argument(help: "A user by id, e-mail or name.")
  var user: String

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    UserCommand(.resetPassword(user))
  }
}
