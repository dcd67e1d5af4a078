internal import ArgumentParser
internal import Console

/// `voronka user show USER`.
struct UserShow: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show one user.")

  @Argument(help: "A user by id, e-mail or name.")
  var user: String

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    UserCommand(.show(user))
  }
}
