internal import ArgumentParser
internal import Console

/// `voronka user reactivate USER`.
struct UserReactivate: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "reactivate", abstract: "Let a user in again.")

  @Argument(help: "A user by id, e-mail or name.")
  var user: String

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    UserCommand(.reactivate(user))
  }
}
