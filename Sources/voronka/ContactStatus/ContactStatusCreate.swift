internal import ArgumentParser
internal import Console

/// `voronka contact-status create NAME`.
struct ContactStatusCreate: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Add a last-contact status.")

  @Argument(help: "Its name.")
  var name: String

  @Option(help: "What it says: missed, call_back, thinking, agreed, refused, vanished or other.")
  var meaning: String?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    ContactStatusCommand(.create(name: name, meaning: meaning))
  }
}
