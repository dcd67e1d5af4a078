internal import ArgumentParser
internal import Console

/// `voronka user deactivate USER`.
struct UserDeactivate: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "deactivate", abstract: "Lock a user out; asks first.")

  @Argument(help: "A user by id, e-mail or name.")
  var user: String

  @Option(help: "Who becomes responsible for their open cards, by id, e-mail or name.")
  var handOverTo: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    UserCommand(.deactivate(user, handOverTo: handOverTo))
  }
}
