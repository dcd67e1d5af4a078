internal import ArgumentParser
internal import Console

/// `voronka contact-status delete STATUS`.
struct ContactStatusDelete: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "delete",
    abstract: "Delete a last-contact status; one of which cards tell is put away instead.")

  @Argument(help: "The status, by id or name.")
  var status: String

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    ContactStatusCommand(.delete(status))
  }
}
