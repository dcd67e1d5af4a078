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

  @Option(help: "A team over whose people their open cards are spread, by id or name.")
  var handOverToTeam: String?

  @Flag(help: "Only tell what would happen.")
  var dryRun = false

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func validate() throws {
    guard handOverTo == nil || handOverToTeam == nil else {
      throw ValidationError("Hand over to a user or to a team, not both.")
    }
  }

  func command() throws -> any ConsoleCommand {
    let successor =
      handOverTo.map { UserCommand.Successor.user($0) }
      ?? handOverToTeam.map { UserCommand.Successor.team($0) }
    return UserCommand(.deactivate(user, handOverTo: successor, isDryRun: dryRun))
  }
}
