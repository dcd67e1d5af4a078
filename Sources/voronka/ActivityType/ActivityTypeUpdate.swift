internal import ArgumentParser
internal import Console

/// `voronka activity-type update TYPE`.
struct ActivityTypeUpdate: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Rename a kind of activity.")

  @Argument(help: "The kind, by id or name.")
  var type: String

  @Option(help: "Its new name.")
  var name: String?

  @Option(help: "Whether it can be chosen: true or false.")
  var active: Bool?

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    ActivityTypeCommand(.update(type, name: name, active: active))
  }
}
