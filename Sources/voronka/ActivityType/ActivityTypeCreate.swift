internal import ArgumentParser
internal import Console

/// `voronka activity-type create NAME BASE`.
struct ActivityTypeCreate: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Add a kind of activity.")

  @Argument(help: "Its name.")
  var name: String

  @Argument(help: "What it is done as: call, email, meeting, message or task.")
  var base: String

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    ActivityTypeCommand(.create(name: name, base: base))
  }
}
