internal import ArgumentParser
internal import Console

/// `voronka user list`.
struct UserList: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List users.")

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    UserCommand(.list)
  }
}
