internal import ArgumentParser
internal import Console

/// `voronka lead move ID STAGE`.
struct LeadMove: ConsoleSubcommand {
  static let configuration = CommandConfiguration(
    commandName: "move",
    abstract: "Move a lead to another stage; one that transfers makes a deal of it.")

  @Argument(help: "The lead's id.")
  var id: Int64

  @Argument(help: "A stage by id or name.")
  var stage: String

  @Option(
    name: .customLong("field"), help: "A custom field to fill in: key=value; may be repeated.")
  var fields: [String] = []

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func command() throws -> any ConsoleCommand {
    LeadPassCommand(id: id, to: .stage(stage), fields: fields)
  }
}
