internal import ArgumentParser
internal import Console

/// `voronka access preview revoke GRANT`.
struct AccessPreviewRevoke: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "As if the grant were taken back.")

  @Argument(help: "The grant's id.")
  var grant: Int64

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    AccessPreviewCommand(.revoke(grant))
  }
}
