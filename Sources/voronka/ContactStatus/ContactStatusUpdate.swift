internal import ArgumentParser
internal import Console

/// `voronka contact-status update STATUS`.
struct ContactStatusUpdate: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Rename a last-contact status, or say what it means.")

  @Argument(help: "The status, by id or name.")
  var status: String

  @Option(help: "Its new name.")
  var name: String?

  @Option(help: "What it says: missed, call_back, thinking, agreed, refused, vanished or other.")
  var meaning: String?

  @Option(help: "Whether it can be chosen: true or false.")
  var active: Bool?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    ContactStatusCommand(.update(status, name: name, meaning: meaning, active: active))
  }
}
