internal import ArgumentParser
internal import Console

/// `voronka user set-role USER ROLE`.
struct UserSetRole: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "set-role", abstract: "Give a user another role.")

  @Argument(help: "A user by id, e-mail or name.")
  var user: String

  @Argument(help: "owner, admin or member.")
  var role: String

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    UserCommand(.setRole(user: user, role: role))
  }
}
