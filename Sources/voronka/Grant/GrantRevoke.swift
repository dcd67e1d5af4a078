internal import ArgumentParser
internal import Console

/// `voronka grant revoke ID`.
struct GrantRevoke: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Take a grant back; asks first.")

  @Argument(help: "The grant's id.")
  var id: Int64

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    GrantCommand(.revoke(id))
  }
}
